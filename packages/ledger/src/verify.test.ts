// SPDX-License-Identifier: AGPL-3.0-or-later
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** Every file that a browser loads for `@louver/ledger/verify`. */
function reached(from: URL, seen = new Map<string, string>()): Map<string, string> {
  if (seen.has(from.href)) return seen;
  const source = readFileSync(from, 'utf8');
  seen.set(from.href, source);
  for (const [, specifier] of source.matchAll(/from '([^']+)'/g))
    if (specifier === '#platform') reached(new URL('./platform/web.ts', import.meta.url), seen);
    else if (specifier!.startsWith('.')) reached(new URL(specifier!, from), seen);
    else throw new Error(`${from.pathname} imports ${specifier}`);
  return seen;
}

describe('the verify entry', () => {
  it('reaches nothing that a browser has not', () => {
    const files = reached(new URL('./verify.ts', import.meta.url));
    expect([...files.keys()].filter((path) => /verify-log|sha256|receipt/.test(path))).toHaveLength(3);
    for (const [path, source] of files) expect(source, path).not.toMatch(/\bBuffer\b|\bprocess\b|\brequire\(/);
  });
});
