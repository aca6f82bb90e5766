// SPDX-License-Identifier: AGPL-3.0-or-later
import { ImportKind, Role } from '@louver/contract';
import { migrate } from '@louver/db';
import { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { runAccountCreate, runAccountDisable, runAccountErase, type AccountOptions } from './account-command.ts';
import { seedDemo } from './demo/seed.ts';
import { ownerUrl } from './environment.ts';
import { exposureCommand } from './exposure/command.ts';
import { EXIT, Failure, type ExitCode } from './failure.ts';
import { runImport, type ImportCommandOptions } from './import-command.ts';
import { logCommand } from './log/command.ts';
import { databaseFailure } from './owner.ts';
import { say, warn, type Terminal } from './terminal.ts';
import { verifyCommand } from './verify/command.ts';
import { witnessCommand } from './witness/command.ts';

/** Runs one command line. Never throws for what the person at the keyboard can do something about. */
export async function run(terminal: Terminal, args: readonly string[]): Promise<ExitCode> {
  let code: ExitCode = EXIT.done;
  const program = louver(terminal, (result) => (code = result));
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    if (!(error instanceof Failure)) throw error;
    warn(terminal, `louver: ${error.message}`);
    return error.code;
  }
}

function louver(terminal: Terminal, exit: (code: ExitCode) => void): Command {
  const program = new Command('louver')
    .description('Prepares and fills a Louver from the command line')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
    })
    .showHelpAfterError('(add --help for what it expects)')
    .addHelpText('after', '\nExit codes: 0 done, 1 refused, 2 wrong usage, 3 something does not answer');
  program.addCommand(migrateCommand(terminal).copyInheritedSettings(program));
  program.addCommand(accountCommand(terminal, program));
  program.addCommand(importCommand(terminal, exit).copyInheritedSettings(program));
  program.addCommand(exposureCommand(terminal).copyInheritedSettings(program));
  program.addCommand(witnessCommand(terminal).copyInheritedSettings(program));
  program.addCommand(verifyCommand(terminal, exit).copyInheritedSettings(program));
  program.addCommand(logCommand(terminal, program));
  const demo = new Command('demo').description('The demo city').copyInheritedSettings(program);
  const seed = new Command('seed')
    .copyInheritedSettings(program)
    .description('plant the demo city; run again it completes what is missing (never in production)')
    .option('--url <url>', 'where the API answers (default: LOUVER_PUBLIC_URL, or port PORT of this machine)')
    .action((options: { url?: string }) => seedDemo(terminal, options));
  return program.addCommand(demo.addCommand(seed));
}

const migrateCommand = (terminal: Terminal): Command =>
  new Command('migrate').description('bring the database of DATABASE_URL to the newest schema').action(async () => {
    let steps = 0;
    try {
      await migrate(ownerUrl(terminal.env), (name) => {
        steps += 1;
        say(terminal, `applied ${name}`);
      });
    } catch (error) {
      throw databaseFailure(error);
    }
    say(terminal, steps === 0 ? 'The schema is up to date.' : `The schema is up to date after ${steps} steps.`);
  });

function accountCommand(terminal: Terminal, program: Command): Command {
  const create = new Command('create')
    .copyInheritedSettings(program)
    .description('make an account as the owner of the database of DATABASE_URL')
    .requiredOption('--email <address>', 'what somebody signs in with')
    .requiredOption('--name <name>', "the person's name; it stands beside the record, never in it")
    .addOption(new Option('--role <role>', 'what the account may do').choices(Role.options).makeOptionMandatory())
    .requiredOption('--jurisdiction <path...>', 'what the account is responsible for, e.g. vn.p66; may be repeated')
    .option(
      '--same-person-as <address>',
      'an account that this person holds already: two accounts of one person decide as one',
    )
    .option('--password-stdin', 'read the password from standard input instead of making one')
    .action((options: AccountOptions) => runAccountCreate(terminal, options));
  const disable = new Command('disable')
    .copyInheritedSettings(program)
    .description('stop an account; whoever is signed in with it is signed out at the next request')
    .requiredOption('--email <address>', 'whose')
    .action((options: { email: string }) => runAccountDisable(terminal, options.email));
  const erase = new Command('erase')
    .copyInheritedSettings(program)
    .description(
      'take name, e-mail, password and sessions from a person, for good; the record keeps the bare account id',
    )
    .argument('<email>', 'an account of the person; all others that they hold go with it')
    .action((email: string) => runAccountErase(terminal, email));
  return new Command('account')
    .description('Accounts')
    .copyInheritedSettings(program)
    .addCommand(create)
    .addCommand(disable)
    .addCommand(erase);
}

const importCommand = (terminal: Terminal, exit: (code: ExitCode) => void): Command =>
  new Command('import')
    .description(
      'read a file of cameras, buildings, streets, areas or jurisdictions: first a dry run, then all or nothing',
    )
    .addArgument(new Argument('<kind>', 'what the rows are').choices(ImportKind.options))
    .argument('<file>', 'GeoJSON, CSV (cameras only), or an Overpass answer')
    .option('--url <url>', 'where the API answers (default: LOUVER_PUBLIC_URL, or port PORT of this machine)')
    .option('--email <address>', "who imports (default: LOUVER_EMAIL, or the demo's supervisor)")
    .option('--password-file <file>', 'holds the password (default: LOUVER_PASSWORD)')
    .option('--jurisdiction <path>', 'where rows go that name none and lie in no known boundary')
    .option('--partial', 'import the good rows although others are refused')
    .option('--duplicate-metres <metres>', 'a camera this close to another is a duplicate, 0 to 100', metres)
    .option('--dry-run', "tell every row's fate and import nothing")
    .option('--json', 'print the report as JSON')
    .action(async (kind: string, file: string, options: ImportCommandOptions) =>
      exit(await runImport(terminal, ImportKind.parse(kind), file, options)),
    );

function metres(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 100))
    throw new InvalidArgumentError('expected a number from 0 to 100.');
  return value;
}
