// SPDX-License-Identifier: AGPL-3.0-or-later
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {{ role: string, email: string, password: string }} DemoAccount */

/**
 * @param {import('./settings.mjs').Settings} settings
 * @returns {string}
 */
export function banner({ publicUrl, dataDir, demo }) {
  const accounts = demo ? demoAccounts(dataDir) : [];
  const widest = (/** @type {keyof DemoAccount} */ key) => Math.max(...accounts.map((account) => account[key].length));
  return box([
    `Louver   ${publicUrl}`,
    '',
    'Đang chạy. Mở địa chỉ trên trong trình duyệt; Ctrl-C để dừng.',
    'Running. Open the address in a browser; Ctrl-C stops everything.',
    ...(accounts.length > 0 ? ['', 'Tài khoản dùng thử · demo accounts', ''] : []),
    ...accounts.map(
      ({ role, email, password }) => `${role.padEnd(widest('role'))}   ${email.padEnd(widest('email'))}   ${password}`,
    ),
  ]);
}

/**
 * @param {string} dataDir
 * @returns {DemoAccount[]}
 */
function demoAccounts(dataDir) {
  const file = join(dataDir, 'demo-accounts.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
}

/** @param {string[]} lines */
function box(lines) {
  const width = Math.max(...lines.map((line) => line.normalize('NFC').length));
  const pad = (/** @type {string} */ line) => line + ' '.repeat(width - line.normalize('NFC').length);
  return [
    `╭${'─'.repeat(width + 4)}╮`,
    ...lines.map((line) => `│  ${pad(line)}  │`),
    `╰${'─'.repeat(width + 4)}╯`,
  ].join('\n');
}
