// SPDX-License-Identifier: AGPL-3.0-or-later
import { StreamSource } from '@louver/contract';
import { describe, expect, it } from 'vitest';
import { sourceOf, splitAddress } from './stream-address.ts';

describe('splitAddress', () => {
  it('takes user and password out of a pasted address', () => {
    const parts = splitAddress(' rtsp://admin:b%40o:mat@10.0.0.7:554/Streaming/101?a=b ');
    expect(parts).toEqual({
      url: 'rtsp://10.0.0.7:554/Streaming/101?a=b',
      username: 'admin',
      password: 'b@o:mat',
    });
    expect(StreamSource.safeParse(sourceOf(parts!)).success).toBe(true);
  });

  it('keeps a password that carries the sign before the host whole', () => {
    expect(splitAddress('rtsp://admin:a@b@10.0.0.7/1')).toEqual({
      url: 'rtsp://10.0.0.7/1',
      username: 'admin',
      password: 'a@b',
    });
  });

  it('leaves an address without them alone', () => {
    expect(splitAddress('rtsp://10.0.0.7/1')).toBeUndefined();
    expect(splitAddress('12.68, 108.05')).toBeUndefined();
  });
});

describe('sourceOf', () => {
  it('sends no user and no password as none', () => {
    expect(sourceOf({ url: 'rtsp://10.0.0.7/1 ', username: ' ', password: '' })).toEqual({
      url: 'rtsp://10.0.0.7/1',
      username: null,
      password: null,
    });
  });
});
