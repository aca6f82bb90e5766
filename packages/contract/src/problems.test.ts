// SPDX-License-Identifier: AGPL-3.0-or-later
import { describe, expect, it } from 'vitest';
import { CameraDraft, StreamSource } from './camera.ts';
import { fieldErrors } from './problems.ts';

describe('fieldErrors', () => {
  it('points at every wrong field and every unknown one', () => {
    const parsed = CameraDraft.safeParse({ code: '', extra: 1, 'a/b': 2 });
    const pointers = fieldErrors(parsed.error!).map((error) => error.pointer);
    expect(pointers).toEqual(expect.arrayContaining(['/code', '/location', '/extra', '/a~1b']));
  });
});

describe('StreamSource', () => {
  it.each(['rtsp://user:pw@10.0.0.1/x', 'http://10.0.0.1/x', "rtsp://h/x' option y", 'rtsp://h/a b'])(
    'refuses the address %s',
    (url) => {
      expect(StreamSource.safeParse({ url, username: null, password: null }).success).toBe(false);
    },
  );
});
