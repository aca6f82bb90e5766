// SPDX-License-Identifier: AGPL-3.0-or-later
import {
  formatNote,
  isQuorumMet,
  parseNote,
  proveConsistencyFromTiles,
  sameKey,
  tilePath,
  verifySignatures,
  SignatureInvalid,
  type NoteSignature,
  type Policy,
  type ReadFile,
  type VerifierKey,
} from '@louver/ledger';
import type { Logger } from 'pino';
import { Counter, Gauge, type Registry } from 'prom-client';
import type { Cosign, SignedCheckpoint } from '../cosign.ts';
import type { Outcome, Submission } from './exchange.ts';
import { OutsideWitness, type WitnessHealth } from './outside-witness.ts';

export interface WitnessOptions {
  readonly policy: Policy;
  readonly log: Logger;
  readonly registry?: Registry;
  /** For one witness, and for all of them. */
  readonly timeoutMs?: number;
  /** How long the others may still join once the quorum is met. */
  readonly graceMs?: number;
  readonly now?: () => Date;
}

export interface Witnesses {
  readonly cosign: Cosign;
  health(): WitnessHealth[];
  stop(): void;
}

/** Asks the witnesses of a policy to cosign. @throws TypeError for an address that is no URL */
export function askWitnesses(options: WitnessOptions): Witnesses {
  const { policy, timeoutMs = 2_000, graceMs = 20, now = () => new Date() } = options;
  const onOutcome = reporter(options);
  const witnesses = [...policy.witnesses].map(
    ([name, known]) => new OutsideWitness(name, known, { timeoutMs, now, onOutcome }),
  );
  const keys = [...policy.witnesses.values()].map(({ key }) => key);
  return {
    health: () => witnesses.map(({ health }) => health),
    stop: () => witnesses.forEach((witness) => witness.stop()),
    async cosign(checkpoint, read) {
      if (witnesses.length === 0) return checkpoint.signed;
      const what: Submission = { ...checkpoint, prove: prover(checkpoint, read) };
      const lines = new Map<OutsideWitness, NoteSignature>();
      const present = await cosignersOf(checkpoint.signed, keys);
      const isMet = (): boolean => {
        const fresh = keys.filter((key) => [...lines.values()].some((line) => sameKey(line, key)));
        return isQuorumMet(policy, [...present, ...fresh]);
      };
      const answers = witnesses.map(async (witness) => {
        const line = await witness.ask(what);
        if (line) lines.set(witness, line);
        return isMet();
      });
      await enough([Promise.resolve(isMet()), ...answers], timeoutMs, graceMs);
      return withLines(checkpoint.signed, [...lines.values()]);
    },
  };
}

/** Resolves when all are done, a little after one has said that it is enough, or when the time is over. */
function enough(asked: readonly Promise<boolean>[], timeoutMs: number, graceMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timers = [setTimeout(resolve, timeoutMs)];
    const settle = (isEnough: boolean): void => {
      if (isEnough) timers.push(setTimeout(resolve, graceMs));
    };
    const answers = asked.map((answer) => answer.then(settle));
    void Promise.all(answers).then(() => resolve(), reject);
    void Promise.allSettled(answers).then(() => timers.forEach(clearTimeout));
  });
}

/** Witnesses mostly stand at the same size: one proof for all of them. */
function prover({ size }: SignedCheckpoint, read: ReadFile): Submission['prove'] {
  const proofs = new Map<number, Promise<Uint8Array[]>>();
  return (oldSize) => {
    const known = proofs.get(oldSize);
    if (known) return known;
    const proof = proveConsistencyFromTiles(
      async (level, index, width) => read(tilePath({ level, index, width })),
      oldSize,
      size,
    );
    proofs.set(oldSize, proof);
    return proof;
  };
}

/** Of a checkpoint that was sent around before. */
async function cosignersOf(signed: string, keys: readonly VerifierKey[]): Promise<VerifierKey[]> {
  try {
    return (await verifySignatures(parseNote(signed), keys)).map(({ key }) => key);
  } catch (error) {
    if (error instanceof SignatureInvalid) return [];
    throw error;
  }
}

function withLines(signed: string, lines: readonly NoteSignature[]): string {
  const { text, signatures } = parseNote(signed);
  const kept = signatures.filter((signature) => !lines.some((line) => sameKey(line, signature)));
  return formatNote({ text, signatures: [...kept, ...lines] });
}

type Said = Outcome | { readonly kind: 'silent'; readonly problem: string };

/** Tells people: each change once in the log, every request in the metrics. */
function reporter({ log, registry }: WitnessOptions): (name: string, said: Said) => void {
  const registers = registry ? [registry] : [];
  const requests = new Counter({
    name: 'louver_witness_requests_total',
    help: 'Checkpoints sent to witnesses, by what came of it',
    labelNames: ['witness', 'outcome'],
    registers,
  });
  const inconsistent = new Gauge({
    name: 'louver_witness_inconsistent',
    help: '1 while a witness says that the log does not continue what it cosigned: an alarm',
    labelNames: ['witness'],
    registers,
  });
  const problems = new Map<string, string | null>();
  return (witness, said) => {
    requests.inc({ witness, outcome: said.kind });
    // Silence takes nothing back.
    if (said.kind !== 'silent') inconsistent.set({ witness }, said.kind === 'inconsistent' ? 1 : 0);
    const problem = said.kind === 'cosigned' ? null : said.problem;
    if ((problems.get(witness) ?? null) === problem) return;
    problems.set(witness, problem);
    if (said.kind === 'cosigned') log.info({ witness }, 'the witness cosigns again');
    else if (said.kind === 'inconsistent') log.fatal({ witness, problem }, 'ALARM: a witness contradicts the log');
    else log.warn({ witness, problem }, 'the witness does not cosign');
  };
}
