// SPDX-License-Identifier: AGPL-3.0-or-later
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatVkey, verifierKey } from '@louver/ledger';
import { Command, InvalidArgumentError } from 'commander';
import { dataFolder } from '../environment.ts';
import { EXIT, Failure, reasonOf } from '../failure.ts';
import { fromHere } from '../from-here.ts';
import { say, type Terminal } from '../terminal.ts';
import { makeKey, nextKeyFile, readVkeys, vkeyFile } from './key-files.ts';
import { beginRotation, finishRotation } from './rotate.ts';

interface FolderOptions {
  keys?: string;
}

const keyFolder = (terminal: Terminal, { keys }: FolderOptions): string =>
  keys === undefined ? join(dataFolder(terminal.env), 'keys') : fromHere(terminal, keys);

function origin(text: string): string {
  try {
    return verifierKey(text, 'ed25519', new Uint8Array(32)).name;
  } catch {
    throw new InvalidArgumentError('expected a name without spaces and plus signs, like city.example/log.');
  }
}

/** What the file system says against it is the business of whoever typed the command. */
async function withKeys<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error && 'syscall' in error)
      throw new Failure(EXIT.refused, `couldn't write the keys in ${folder}: ${reasonOf(error)}`, error);
    throw error;
  }
}

async function runRotate(terminal: Terminal, options: FolderOptions & { log?: string; finish?: boolean }) {
  const folder = keyFolder(terminal, options);
  const log = options.log === undefined ? join(dataFolder(terminal.env), 'log') : fromHere(terminal, options.log);
  const key = await withKeys(folder, () =>
    options.finish ? finishRotation(folder, join(log, 'checkpoint')) : beginRotation(folder),
  );
  say(terminal, formatVkey(key));
  say(
    terminal,
    options.finish
      ? `This key alone signs from now on. Restart the sealer; the old vkey is kept in ${join(folder, 'log.retired.vkey')}.`
      : `Made ${nextKeyFile(folder)}. Restart the sealer: it signs with both keys. Give everybody the new ${vkeyFile(folder)}, ` +
          `and when they have it, run louver log rotate --finish.`,
  );
}

/** `louver log …`: the keys of the record's log. */
export function logCommand(terminal: Terminal, program: Command): Command {
  const inherit = (name: string): Command => new Command(name).copyInheritedSettings(program);
  const vkey = inherit('vkey')
    .description('print the verifier key, or keys while they rotate: what others verify the log with')
    .option('--keys <folder>', 'where the keys are (default: keys below LOUVER_DATA)')
    .action(async (options: FolderOptions) => {
      const folder = keyFolder(terminal, options);
      await readVkeys(folder);
      say(terminal, (await readFile(vkeyFile(folder), 'utf8')).trimEnd());
    });
  const make = inherit('new')
    .description('make the key of a new log: log.key, which signs, and log.vkey, which verifies; never overwrites')
    .requiredOption('--name <origin>', "the log's name for ever, a URL of yours without scheme", origin)
    .requiredOption('--out <folder>', 'where the files go')
    .action(async ({ name, out }: { name: string; out: string }) => {
      const folder = fromHere(terminal, out);
      say(terminal, formatVkey(await withKeys(folder, () => makeKey(folder, name))));
    });
  const rotate = inherit('rotate')
    .description('begin to change the key: both sign until --finish')
    .option('--finish', 'drop the old key; refused before a checkpoint signed by the new one is published')
    .option('--keys <folder>', 'where the keys are (default: keys below LOUVER_DATA)')
    .option('--log <folder>', 'where the log is published (default: log below LOUVER_DATA)')
    .action((options: FolderOptions & { log?: string; finish?: boolean }) => runRotate(terminal, options));
  const key = inherit('key').description('The key that signs').addCommand(make);
  return inherit('log').description("The record's log: its keys").addCommand(vkey).addCommand(key).addCommand(rotate);
}
