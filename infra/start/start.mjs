// SPDX-License-Identifier: AGPL-3.0-or-later
// `npm start`. Only the check of Node itself is here, because an older one fails on the syntax of the rest.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`\nLouver needs Node 20.19 or later; this is ${process.versions.node} (${process.execPath}).\n`);
  process.exit(1);
}
const { startLouver } = await import('./stack.mjs');
await startLouver();
