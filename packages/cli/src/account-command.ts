// SPDX-License-Identifier: AGPL-3.0-or-later
import { text } from 'node:stream/consumers';
import { AccountRequest, createAccount, eraseAccounts, newPassword, requireStrong, stopAccount } from './accounts.ts';
import { ownerUrl } from './environment.ts';
import { EXIT, Failure } from './failure.ts';
import { asOwner } from './owner.ts';
import { endSessionsOf } from './account-sessions.ts';
import { say, warn, type Terminal } from './terminal.ts';

export interface AccountOptions {
  email: string;
  name: string;
  role: string;
  jurisdiction: string[];
  samePersonAs?: string;
  passwordStdin?: boolean;
}

const OPTION: Record<string, string> = { jurisdictions: '--jurisdiction', samePersonAs: '--same-person-as' };

export async function runAccountCreate(terminal: Terminal, options: AccountOptions): Promise<void> {
  const { jurisdiction: jurisdictions, passwordStdin, ...rest } = options;
  const request = AccountRequest.safeParse({ ...rest, jurisdictions });
  if (!request.success) {
    const reasons = request.error.issues.map(
      ({ path, message }) => `  ${OPTION[String(path[0])] ?? `--${String(path[0])}`}: ${message}`,
    );
    throw new Failure(EXIT.usage, ['the account does not fit:', ...reasons].join('\n'));
  }
  const password = passwordStdin ? requireStrong((await text(terminal.stdin)).replace(/\r?\n$/, '')) : newPassword();
  const { made } = await asOwner(ownerUrl(terminal.env), (tx) => createAccount(tx, request.data, password));
  for (const path of made)
    say(terminal, `Made the jurisdiction ${path}; import jurisdictions to give it a name and a boundary.`);
  say(
    terminal,
    `Made the account ${request.data.email} (${request.data.role} of ${request.data.jurisdictions.join(', ')}).`,
  );
  if (!passwordStdin) say(terminal, `Its password, shown this once: ${password}`);
}

export async function runAccountDisable(terminal: Terminal, email: string): Promise<void> {
  const result = await asOwner(ownerUrl(terminal.env), (tx) => stopAccount(tx, email));
  say(terminal, result === 'stopped' ? `Stopped the account ${email}.` : `The account ${email} was stopped already.`);
}

export async function runAccountErase(terminal: Terminal, email: string): Promise<void> {
  const redisUrl = terminal.env.REDIS_URL;
  const sessions = redisUrl ? await endSessionsOf(redisUrl) : undefined;
  try {
    const accounts = await asOwner(ownerUrl(terminal.env), (tx) => eraseAccounts(tx, email));
    say(terminal, `Erased the person with the account ${email}: name, e-mail, password, tokens.`);
    for (const id of accounts) say(terminal, `The record goes on calling the account ${id}.`);
    if (!sessions)
      warn(
        terminal,
        'REDIS_URL is not set: sessions open nothing any more and vanish within half an hour, open pictures run to their end.',
      );
    else say(terminal, `Ended ${await sessions.end(accounts)} sessions.`);
    warn(terminal, 'Backups still hold the name: see docs/design/record.md.');
  } finally {
    sessions?.close();
  }
}
