// SPDX-License-Identifier: AGPL-3.0-or-later
import { LogWrong, type Policy } from '@louver/ledger/verify';
import { Command } from 'commander';
import { EXIT, Failure, type ExitCode } from '../failure.ts';
import { fromHere } from '../from-here.ts';
import { say, warn, type Terminal } from '../terminal.ts';
import { harmless, harmlessJson, sentences, wrongSentence, type Outcome } from './outcome.ts';
import { verifyReceiptFiles } from './receipt.ts';
import { trustFrom } from './trust.ts';
import { FoundWrong, verifyWholeLog, type LogOptions } from './whole-log.ts';

interface VerifyOptions extends LogOptions {
  vkey?: string;
  policy?: string;
  receipt?: string;
  entry?: string;
  json?: boolean;
}

/** `louver verify …`: for auditors, newspapers, anybody; needs neither an account nor trust in whoever runs the log. */
export const verifyCommand = (terminal: Terminal, exit: (code: ExitCode) => void): Command =>
  new Command('verify')
    .description('verify the record: a whole log at an address or in a folder, or one receipt offline')
    .argument('[log]', 'address that ends in /log, or a folder with a copy')
    .option('--vkey <file>', 'the key that the log signs with, or several, one a line')
    .option('--policy <file>', 'tlog-policy: which witnesses must have cosigned')
    .option('--since <checkpoint>', 'a checkpoint kept from before, which the log must continue')
    .option('--save <file>', 'keep the verified checkpoint here; one that is there is compared with first')
    .option('--token <token>', "an auditor's token: entries are read too (visible to others on this machine)")
    .option('--token-file <file>', 'holds the token')
    .option('--tree-only', 'leave the entries out')
    .option('--receipt <file>', 'verify this .tlog-proof instead, without a network')
    .option('--entry <file>', 'the entry that the receipt is for')
    .option('--json', 'print what was found as JSON')
    .option('--quiet', 'say nothing unless something is wrong')
    .addHelpText('after', '\nExit codes: 0 verified, 1 wrong, 2 wrong usage, 3 unreachable: nothing was found out')
    .action(async (log: string | undefined, options: VerifyOptions) => exit(await runVerify(terminal, log, options)));

async function runVerify(terminal: Terminal, log: string | undefined, options: VerifyOptions): Promise<ExitCode> {
  const show = (outcome: Outcome) => (options.json ? say(terminal, harmlessJson(outcome)) : undefined);
  try {
    const found = await verify(terminal, log, options);
    show(found);
    if (!options.json && !options.quiet) for (const line of sentences(found)) say(terminal, line);
    return EXIT.done;
  } catch (error) {
    if (error instanceof FoundWrong) {
      show({ outcome: 'wrong', file: error.file, reason: error.wrong.what, savedTo: error.savedTo });
      for (const line of alarm(error)) warn(terminal, line);
      return EXIT.refused;
    }
    if (error instanceof Failure && error.code === EXIT.unreachable)
      show({ outcome: 'unreachable', reason: error.message });
    if (error instanceof Failure) throw new Failure(error.code, harmless(error.message), error);
    throw error;
  }
}

async function verify(terminal: Terminal, log: string | undefined, options: VerifyOptions) {
  const { receipt, entry, vkey, policy: policyFile } = options;
  const here = (path: string | undefined) => (path === undefined ? undefined : fromHere(terminal, path));
  if (log === undefined && receipt === undefined)
    throw new Failure(EXIT.usage, 'what is to be verified? Name an address or a folder, or --receipt and --entry');
  if ((receipt === undefined) !== (entry === undefined))
    throw new Failure(EXIT.usage, 'a receipt and its entry are verified together: name --receipt and --entry');
  const policy = await trustFrom(here(vkey), here(policyFile));
  if (receipt === undefined || entry === undefined) return verifyWholeLog(terminal, log!, policy, options);
  if (log !== undefined)
    warn(terminal, 'A receipt is verified offline: the log was not read. Leave --receipt out to verify all of it.');
  return verifyReceipt(fromHere(terminal, receipt), fromHere(terminal, entry), policy);
}

async function verifyReceipt(receipt: string, entry: string, policy: Policy) {
  try {
    return await verifyReceiptFiles(receipt, entry, policy);
  } catch (error) {
    throw error instanceof LogWrong ? new FoundWrong(error.path, error) : error;
  }
}

function alarm({ file, wrong, savedTo }: FoundWrong): string[] {
  const copy = file.startsWith('tile/entries/') && wrong.what === 'is missing';
  return [
    `louver: WRONG: ${wrongSentence(file, wrong)}`,
    ...(copy ? ['  (a copy without entries is verified with --tree-only)'] : []),
    ...(savedTo === null
      ? []
      : [
          `  The checkpoint that contradicts the one you kept is now in ${savedTo}. Keep both: together they are the proof.`,
        ]),
  ];
}
