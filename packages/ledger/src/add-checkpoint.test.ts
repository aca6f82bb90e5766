// SPDX-License-Identifier: AGPL-3.0-or-later
import { describe, expect, it } from 'vitest';
import {
  formatAddCheckpoint,
  formatWitnessSize,
  parseAddCheckpoint,
  parseWitnessSize,
  WitnessBodyMalformed,
} from './add-checkpoint.ts';
import { LedgerError } from './ledger-error.ts';
import { hashLeaf } from './merkle/hash.ts';
import { proveConsistency } from './merkle/consistency.ts';
import { ADD_CHECKPOINT, ENTRIES, SIGNED_CHECKPOINT } from './published-vectors.ts';

const request = { oldSize: 3, proof: proveConsistency(ENTRIES.map(hashLeaf), 3), checkpoint: SIGNED_CHECKPOINT };

describe('what a witness is sent', () => {
  it('is written and read as published', () => {
    expect(formatAddCheckpoint(request)).toBe(ADD_CHECKPOINT);
    expect(parseAddCheckpoint(ADD_CHECKPOINT)).toEqual(request);
    expect(parseAddCheckpoint(Buffer.from(ADD_CHECKPOINT))).toEqual(request);
  });

  it('has no hash at first contact', () => {
    const first = { oldSize: 0, proof: [], checkpoint: SIGNED_CHECKPOINT };
    expect(formatAddCheckpoint(first)).toBe(`old 0\n\n${SIGNED_CHECKPOINT}`);
    expect(parseAddCheckpoint(`old 0\n\n${SIGNED_CHECKPOINT}`)).toEqual(first);
  });

  it('has at most 63 hashes', () => {
    const line = `${'A'.repeat(43)}=\n`;
    expect(parseAddCheckpoint(`old 1\n${line.repeat(63)}\n${SIGNED_CHECKPOINT}`).proof).toHaveLength(63);
    expect(() => parseAddCheckpoint(`old 1\n${line.repeat(64)}\n${SIGNED_CHECKPOINT}`)).toThrow('up to 63');
  });

  it.each([
    '',
    '\n\n',
    ADD_CHECKPOINT.replace('old 3', 'old 03'),
    ADD_CHECKPOINT.replace('old 3', 'old 3 '),
    ADD_CHECKPOINT.replace('old 3', 'old 1e3'),
    ADD_CHECKPOINT.replace('old 3', 'Old 3'),
    ADD_CHECKPOINT.replace('old 3\n', ''),
    ADD_CHECKPOINT.replace('old 3\n', 'old 3\n\n').replace('jE=\n', 'jE\n'),
    ADD_CHECKPOINT.replace('V+s1', 'V-s1'),
  ])('is refused when it is %j', (body) => {
    expect(() => parseAddCheckpoint(body)).toThrow(LedgerError);
  });
});

describe('what a witness answers on a conflict', () => {
  it('is a size and a line feed', () => {
    expect(formatWitnessSize(20_852_014)).toBe('20852014\n');
    expect(parseWitnessSize('20852014\n')).toBe(20_852_014);
    expect(parseWitnessSize(Buffer.from('0\n'))).toBe(0);
  });

  it.each(['', '7', '07\n', '7\n\n', ' 7\n', '1e3\n', '-1\n', '9007199254740992\n', `${'1'.repeat(100)}\n`])(
    'is refused when it is %j',
    (body) => {
      expect(() => parseWitnessSize(body)).toThrow(WitnessBodyMalformed);
    },
  );
});
