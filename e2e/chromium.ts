// SPDX-License-Identifier: AGPL-3.0-or-later
/** The browser of the system, quiet: without these flags it would look for hosts of its own. */
export const CHROMIUM = {
  executablePath: process.env['LOUVER_CHROMIUM'] ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--autoplay-policy=no-user-gesture-required',
  ],
};
