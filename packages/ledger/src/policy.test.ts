// SPDX-License-Identifier: AGPL-3.0-or-later
import { describe, expect, it } from 'vitest';
import { formatVkey, type KeyKind, verifierKey, type VerifierKey } from './notes/key.ts';
import { isQuorumMet, parsePolicy, PolicyMalformed } from './policy.ts';

const key = (name: string, byte: number, kind: KeyKind = 'cosignature/v1'): VerifierKey =>
  verifierKey(name, kind, new Uint8Array(32).fill(byte));
const vkey = (name: string, byte: number, kind?: KeyKind): string => formatVkey(key(name, byte, kind));

const log = `log ${vkey('log.example', 99, 'ed25519')} https://log.example/`;
const witnesses = ['X1', 'X2', 'X3', 'Y1', 'Y2', 'Y3'].map(
  (name, i) => `witness ${name} ${vkey(`${name}.example`, i)}`,
);
/** The example of the tlog-policy text. */
const EXAMPLE = [
  '# who is believed',
  log,
  '',
  ...witnesses,
  '\tgroup  X-witnesses 2 X1 X2\tX3 ',
  'group Y-witnesses any Y1 Y2 Y3',
  'group X-and-Y all X-witnesses Y-witnesses',
  'quorum X-and-Y',
  '',
].join('\n');

describe('a policy', () => {
  it('is read with logs, witnesses, groups and quorum', () => {
    const policy = parsePolicy(EXAMPLE);
    expect(policy.logs).toEqual([{ key: key('log.example', 99, 'ed25519'), url: 'https://log.example/' }]);
    expect([...policy.witnesses.keys()]).toEqual(['X1', 'X2', 'X3', 'Y1', 'Y2', 'Y3']);
    expect(policy.groups.get('X-witnesses')).toEqual({ threshold: 2, members: ['X1', 'X2', 'X3'] });
    expect(policy.quorum).toBe('X-and-Y');
    expect(parsePolicy(Buffer.from(EXAMPLE))).toEqual(policy);
  });

  it.each([
    ['', false],
    ['012345', true],
    ['013', true],
    ['03', false],
    ['012', false],
    ['345', false],
    ['125', true],
    ['00003', false],
  ])('of two of three and any of three is met by %j: %s', (cosigners, met) => {
    const keys = [...cosigners].map((digit) => key('any.name', Number(digit)));
    expect(isQuorumMet(parsePolicy(EXAMPLE), keys)).toBe(met);
  });

  it('may ask for one witness, or none', () => {
    const one = parsePolicy(`${witnesses[0]}\nquorum X1`);
    expect(isQuorumMet(one, [])).toBe(false);
    expect(isQuorumMet(one, [key('X1.example', 0)])).toBe(true);
    expect(isQuorumMet(parsePolicy('quorum none'), [])).toBe(true);
  });

  it.each([
    ['', 'no quorum line'],
    ['quorum none\nquorum none', 'line 2: there is a quorum already'],
    ['quorum X1', 'line 1: X1 is not defined above'],
    [`quorum X1\n${witnesses[0]}`, 'X1 is not defined above'],
    [`group G any X1\n${witnesses[0]}\nquorum G`, 'line 1: X1 is not defined above'],
    ['group G any G\nquorum G', 'G is not defined above'],
    ['group G all\nquorum G', 'a group is'],
    [`${witnesses[0]}\ngroup G 2 X1\nquorum G`, 'cannot be met'],
    [`${witnesses[0]}\ngroup G 0 X1\nquorum G`, 'cannot be met'],
    [`${witnesses[0]}\ngroup G 01 X1\nquorum G`, 'cannot be met'],
    [`${witnesses[0]}\ngroup G any X1 X1\nquorum G`, 'X1 is in a group already'],
    [`${witnesses[0]}\ngroup G any X1\ngroup H any X1\nquorum G`, 'line 3: X1 is in a group already'],
    [`${witnesses[0]}\ngroup G any none\nquorum G`, 'none is not defined above'],
    [`${witnesses[0]}\n${witnesses[0]}\nquorum none`, 'the name X1 is taken'],
    [`${witnesses[0]}\ngroup X1 any X1\nquorum none`, 'the name X1 is taken'],
    [`witness none ${vkey('a', 1)}\nquorum none`, 'the name none is taken'],
    [`${witnesses[0]}\nwitness Z ${vkey('other.name', 0)}\nquorum none`, 'is in the policy already'],
    [`${log}\nlog ${vkey('other.name', 99, 'ed25519')}\nquorum none`, 'is in the policy already'],
    [`log ${vkey('a', 1)}\nquorum none`, 'has a key of kind cosignature/v1, not ed25519'],
    [`witness A ${vkey('a', 1, 'ed25519')}\nquorum none`, 'has a key of kind ed25519, not cosignature/v1'],
    ['log rubbish\nquorum none', 'line 1: "rubbish" is no vkey'],
    [`${log} more\nquorum none`, 'a log is'],
    ['quorum none none', 'a quorum is'],
    ['quorums none', 'is none of log, witness, group, quorum'],
    ['quorum none\r', 'control character'],
    ['quorum none\u007f', 'control character'],
    ['#\n'.repeat(1000), 'more than 1000 lines'],
  ])('is refused when it is %j', (text, why) => {
    expect(() => parsePolicy(text)).toThrow(PolicyMalformed);
    expect(() => parsePolicy(text)).toThrow(why);
  });
});
