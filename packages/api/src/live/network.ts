// SPDX-License-Identifier: AGPL-3.0-or-later
import { isIPv6 } from 'node:net';

/**
 * What one subscriber is known by: an IPv4 address, also one that is written as IPv6, or the first 64 bits of an IPv6
 * address, because a subscriber is given all the addresses behind them. Anything else stays as it is.
 */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const words = wordsOf(address);
  const mapped = words.slice(0, 5).every((word) => word === 0) && words[5] === 0xffff;
  if (mapped) return [words[6]! >> 8, words[6]! & 0xff, words[7]! >> 8, words[7]! & 0xff].join('.');
  return `${words
    .slice(0, 4)
    .map((word) => word.toString(16))
    .join(':')}::/64`;
}

/** The eight words of a valid address. */
function wordsOf(address: string): number[] {
  const [bare = ''] = address.split('%');
  const plain = bare.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, a, b, c, d) =>
    [Number(a) * 256 + Number(b), Number(c) * 256 + Number(d)].map((word) => word.toString(16)).join(':'),
  );
  const [head = '', tail] = plain.split('::');
  const [before, after] = [head, tail ?? ''].map((part) =>
    part === '' ? [] : part.split(':').map((word) => Number.parseInt(word, 16)),
  ) as [number[], number[]];
  return [...before, ...Array.from({ length: 8 - before.length - after.length }, () => 0), ...after];
}
