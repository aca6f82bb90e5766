// SPDX-License-Identifier: AGPL-3.0-or-later
import { describe, expect, it } from 'vitest';
import { CHECKPOINT_TEXT, fromHex, LOG_NAME, ROOTS } from '../published-vectors.ts';
import { SizeInvalid } from '../size.ts';
import { CheckpointMalformed, formatCheckpoint, parseCheckpoint } from './checkpoint.ts';

const root = fromHex(ROOTS[6]!);

describe('checkpoints', () => {
  it('are written and read as published', () => {
    expect(formatCheckpoint({ origin: LOG_NAME, size: 7, root })).toBe(CHECKPOINT_TEXT);
    expect(parseCheckpoint(CHECKPOINT_TEXT)).toEqual({ origin: LOG_NAME, size: 7, root, extensions: [] });
  });

  it('may have extension lines and any size up to 2^53 - 1', () => {
    const text = CHECKPOINT_TEXT.replace('\n7\n', '\n9007199254740991\n');
    expect(parseCheckpoint(`${text}one\ntwo\n`)).toMatchObject({
      size: Number.MAX_SAFE_INTEGER,
      extensions: ['one', 'two'],
    });
    expect(formatCheckpoint(parseCheckpoint(`${text}one\n`))).toBe(`${text}one\n`);
  });

  it.each(['1e3', ' 7', '7 ', '07', '+7', '-7', '7.0', '0x7', '', '９', '9007199254740992', '99999999999999999999'])(
    'are refused with the size %j',
    (size) => {
      expect(() => parseCheckpoint(CHECKPOINT_TEXT.replace('\n7\n', `\n${size}\n`))).toThrow(CheckpointMalformed);
    },
  );

  it.each([
    [CHECKPOINT_TEXT.slice(0, -1), 'line feed'],
    ['origin\n7\n', 'fewer than three lines'],
    [CHECKPOINT_TEXT.replace(LOG_NAME, ''), 'origin of the checkpoint is empty'],
    [`${CHECKPOINT_TEXT}\n`, 'extension line'],
    [CHECKPOINT_TEXT.replace('406E=', '406F='), 'root of the checkpoint'],
    [CHECKPOINT_TEXT.replace('sojz', ''), 'root of the checkpoint'],
    [CHECKPOINT_TEXT.replace('=', ''), 'root of the checkpoint'],
    ['', 'line feed'],
  ])('are refused when they are %j', (text, why) => {
    expect(() => parseCheckpoint(text)).toThrow(CheckpointMalformed);
    expect(() => parseCheckpoint(text)).toThrow(why);
  });

  it('are not written when no reader would take them', () => {
    expect(() => formatCheckpoint({ origin: 'a\nb', size: 7, root })).toThrow(CheckpointMalformed);
    expect(() => formatCheckpoint({ origin: LOG_NAME, size: 7, root, extensions: ['a\nb'] })).toThrow(
      CheckpointMalformed,
    );
    expect(() => formatCheckpoint({ origin: LOG_NAME, size: 7, root: root.subarray(1) })).toThrow(CheckpointMalformed);
    expect(() => formatCheckpoint({ origin: LOG_NAME, size: 1.5, root })).toThrow(SizeInvalid);
  });
});
