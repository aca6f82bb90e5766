// SPDX-License-Identifier: AGPL-3.0-or-later
import { decodeUtf8, equalBytes } from './bytes.ts';
import { LedgerError } from './ledger-error.ts';
import { KeyMalformed, parseVkey, type KeyKind, type VerifierKey } from './notes/key.ts';
import { parseDecimal } from './size.ts';

/** Bounds how deep groups can nest; tlog-policy asks for at least 32 logs, witnesses and groups. */
export const MAX_POLICY_LINES = 1_000;

export interface KnownKey {
  readonly key: VerifierKey;
  readonly url?: string;
}

/** Met when at least `threshold` members are: witnesses that cosigned, or groups that are met. */
export interface WitnessGroup {
  readonly threshold: number;
  readonly members: readonly string[];
}

/** Whom a verifier believes: signed by any of the logs, and cosigned as the quorum says. */
export interface Policy {
  readonly logs: readonly KnownKey[];
  /** By the name that they have in this policy only. */
  readonly witnesses: ReadonlyMap<string, KnownKey>;
  readonly groups: ReadonlyMap<string, WitnessGroup>;
  /** Name of a witness or group; null asks for no cosignature. */
  readonly quorum: string | null;
}

/** The text is no tlog-policy. */
export class PolicyMalformed extends LedgerError {
  override readonly name = 'PolicyMalformed';
}

/** The policy of whoever knows log keys and asks for no witness. */
export const trustLogs = (...keys: readonly VerifierKey[]): Policy => ({
  logs: keys.map((key) => ({ key })),
  witnesses: new Map(),
  groups: new Map(),
  quorum: null,
});

/** Whether the witnesses whose cosignatures were verified are enough. */
export function isQuorumMet(policy: Policy, cosigners: readonly VerifierKey[]): boolean {
  const met = (name: string): boolean => {
    const witness = policy.witnesses.get(name);
    if (witness) return cosigners.some((key) => equalBytes(key.publicKey, witness.key.publicKey));
    const group = policy.groups.get(name);
    return group !== undefined && group.members.filter(met).length >= group.threshold;
  };
  return policy.quorum === null || met(policy.quorum);
}

/**
 * A policy from its file. UTF-8 is demanded of names, where tlog-policy would take any bytes.
 * @throws PolicyMalformed, naming the line
 */
export function parsePolicy(input: Uint8Array | string): Policy {
  const text = decodeUtf8(input);
  if (text === undefined) throw new PolicyMalformed('the policy is not UTF-8');
  const lines = text.split('\n');
  if (lines.length > MAX_POLICY_LINES) throw new PolicyMalformed(`the policy has more than ${MAX_POLICY_LINES} lines`);
  const reading = new PolicyReading();
  for (const [i, line] of lines.entries()) {
    try {
      reading.line(line);
    } catch (cause) {
      if (!(cause instanceof LedgerError)) throw cause;
      throw new PolicyMalformed(`line ${i + 1}: ${cause.message}`, { cause });
    }
  }
  return reading.policy();
}

class PolicyReading {
  readonly #logs: KnownKey[] = [];
  readonly #witnesses = new Map<string, KnownKey>();
  readonly #groups = new Map<string, WitnessGroup>();
  readonly #grouped = new Set<string>();
  #quorum: string | null | undefined;

  line(line: string): void {
    // oxlint-disable-next-line eslint/no-control-regex -- control characters are what it looks for
    if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(line)) throw new PolicyMalformed('a control character');
    const [keyword, ...items] = line.split(/[ \t]+/).filter((item) => item !== '');
    if (keyword === undefined || keyword.startsWith('#')) return;
    if (keyword === 'log') this.#log(items);
    else if (keyword === 'witness') this.#witness(items);
    else if (keyword === 'group') this.#group(items);
    else if (keyword === 'quorum') this.#setQuorum(items);
    else throw new PolicyMalformed(`${JSON.stringify(keyword.slice(0, 40))} is none of log, witness, group, quorum`);
  }

  policy(): Policy {
    if (this.#quorum === undefined) throw new PolicyMalformed('the policy has no quorum line');
    return { logs: this.#logs, witnesses: this.#witnesses, groups: this.#groups, quorum: this.#quorum };
  }

  #log([vkey, url, ...rest]: string[]): void {
    if (vkey === undefined || rest.length > 0) throw new PolicyMalformed('a log is "log <vkey> [<url>]"');
    this.#logs.push(knownKey(vkey, url, 'ed25519', this.#logs));
  }

  #witness([name, vkey, url, ...rest]: string[]): void {
    if (name === undefined || vkey === undefined || rest.length > 0)
      throw new PolicyMalformed('a witness is "witness <name> <vkey> [<url>]"');
    this.#requireNew(name);
    this.#witnesses.set(name, knownKey(vkey, url, 'cosignature/v1', [...this.#witnesses.values()]));
  }

  #group([name, rule, ...members]: string[]): void {
    if (name === undefined || rule === undefined || members.length === 0)
      throw new PolicyMalformed('a group is "group <name> all|any|<k> <name>..."');
    this.#requireNew(name);
    for (const member of members) {
      this.#requireDefined(member);
      // In two groups, one witness would count twice.
      if (this.#grouped.has(member)) throw new PolicyMalformed(`${member} is in a group already`);
      this.#grouped.add(member);
    }
    const threshold = rule === 'any' ? 1 : rule === 'all' ? members.length : parseDecimal(rule);
    if (threshold === undefined || threshold < 1 || threshold > members.length)
      throw new PolicyMalformed(`${JSON.stringify(rule.slice(0, 40))} of ${members.length} members cannot be met`);
    this.#groups.set(name, { threshold, members });
  }

  #setQuorum([name, ...rest]: string[]): void {
    if (name === undefined || rest.length > 0) throw new PolicyMalformed('a quorum is "quorum <name>"');
    if (this.#quorum !== undefined) throw new PolicyMalformed('there is a quorum already');
    if (name !== 'none') this.#requireDefined(name);
    this.#quorum = name === 'none' ? null : name;
  }

  #isDefined(name: string): boolean {
    return this.#witnesses.has(name) || this.#groups.has(name);
  }

  #requireNew(name: string): void {
    if (name === 'none' || this.#isDefined(name)) throw new PolicyMalformed(`the name ${name} is taken`);
  }

  #requireDefined(name: string): void {
    if (!this.#isDefined(name)) throw new PolicyMalformed(`${name} is not defined above`);
  }
}

function knownKey(vkey: string, url: string | undefined, kind: KeyKind, others: readonly KnownKey[]): KnownKey {
  const key = parseVkey(vkey);
  if (key.kind !== kind) throw new KeyMalformed(`${key.name} has a key of kind ${key.kind}, not ${kind}`);
  // Under a second name, one key would count twice.
  if (others.some((other) => equalBytes(other.key.publicKey, key.publicKey)))
    throw new PolicyMalformed(`the key of ${key.name} is in the policy already`);
  return url === undefined ? { key } : { key, url };
}
