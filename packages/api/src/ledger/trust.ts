// SPDX-License-Identifier: AGPL-3.0-or-later
import { parsePolicy, parseVkeys, trustLogs, type Policy } from '@louver/ledger';
import { readIfThere } from './log-files.ts';

/** Whom this installation believes about its own log. Read anew each time, because keys rotate while it runs. */
export interface Trust {
  /** The text of the file of verifier keys; undefined until the sealer has started for the first time. */
  vkeys(): Promise<string | undefined>;
  /** The witness policy where one is set, otherwise the log's own keys alone. */
  policy(): Promise<Policy | undefined>;
}

export function createTrust(vkeyFile: string, policyFile: string | undefined): Trust {
  const parseLogs = remembering((text) => trustLogs(...parseVkeys(text)));
  const parseWitnesses = remembering(parsePolicy);
  const vkeys = async () => (await readIfThere(vkeyFile))?.toString('utf8');
  return {
    vkeys,
    async policy() {
      const text = policyFile === undefined ? await vkeys() : (await readIfThere(policyFile))?.toString('utf8');
      if (text === undefined) return undefined;
      return policyFile === undefined ? parseLogs(text) : parseWitnesses(text);
    },
  };
}

/** The same text means the same. */
function remembering(parse: (text: string) => Policy): (text: string) => Policy {
  let last: { text: string; policy: Policy } | undefined;
  return (text) => {
    if (last?.text !== text) last = { text, policy: parse(text) };
    return last.policy;
  };
}
