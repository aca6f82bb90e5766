// SPDX-License-Identifier: AGPL-3.0-or-later
import { PASSWORD, anAccount, fakeClock } from '@louver/testkit';
import { describe, expect, it } from 'vitest';
import { useApi } from '../testing/use-api.ts';

const api = useApi();
const https = useApi({ publicUrl: 'https://louver.example', trustProxy: 'loopback' });
const session = '/api/v1/session';

const cookieOf = (answer: { headers: Record<string, unknown> }): string => String(answer.headers['set-cookie']);

describe('POST /session', () => {
  it('signs in, says what the role may do, and is recorded', async () => {
    const account = await anAccount(api.owner, { role: 'supervisor', name: 'Lê Văn An', jurisdictions: ['vn.p66'] });
    const answer = await api.anybody.post(session).send({ email: account.email.toUpperCase(), password: PASSWORD });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ accountId: account.accountId, name: 'Lê Văn An', role: 'supervisor' });
    expect(answer.body.may).toContain('mask.propose');
    expect(answer.body.may).not.toContain('mask.approve');
    expect(await api.recordsOf(account.accountId)).toMatchObject([
      { action: 'session.open', account_id: account.accountId, role: 'supervisor', jurisdiction: 'vn.p66' },
    ]);
  });

  it('answers a wrong password and an unknown e-mail alike, and records only what concerns an account', async () => {
    const { email, accountId } = await anAccount(api.owner);
    const wrong = await api.anybody.post(session).send({ email, password: 'not it' });
    const unknown = await api.anybody.post(session).send({ email: `x${email}`, password: 'not it' });
    expect(wrong.status).toBe(401);
    expect(wrong.type).toBe('application/problem+json');
    expect({ ...wrong.body, requestId: '' }).toEqual({ ...unknown.body, requestId: '' });
    expect(wrong.headers['set-cookie']).toBeUndefined();
    expect(await api.recordsOf(accountId)).toMatchObject([
      { action: 'session.refuse', account_id: null, detail: { reason: 'password-wrong' } },
    ]);
  });

  it('refuses a disabled account although the password is right', async () => {
    const { email, accountId } = await anAccount(api.owner, { disabled: true });
    const answer = await api.anybody.post(session).send({ email, password: PASSWORD });
    expect(answer.status).toBe(401);
    expect(await api.recordsOf(accountId)).toMatchObject([{ detail: { reason: 'account-disabled' } }]);
  });

  it('names the fields that do not fit', async () => {
    const answer = await api.anybody.post(session).send({ email: 'nobody', password: '', remember: true });
    expect(answer.status).toBe(400);
    const pointers = answer.body.errors.map((error: { pointer: string }) => error.pointer);
    expect(pointers).toEqual(expect.arrayContaining(['/email', '/password', '/remember']));
  });

  it('stops guesses at one account, also when the ninth is right, and leaves other accounts alone', async () => {
    const [target, other] = [await anAccount(api.owner), await anAccount(api.owner)];
    const guesses = Array.from({ length: 8 }, (_, i) =>
      api.anybody.post(session).send({ email: target.email, password: `guess ${i}` }),
    );
    for (const { status } of await Promise.all(guesses)) expect(status).toBe(401);
    const right = await api.anybody.post(session).send({ email: target.email, password: PASSWORD });
    expect(right.status).toBe(429);
    expect(right.body.slug).toBe('too-many-attempts');
    expect(Number(right.headers['retry-after'])).toBeGreaterThan(0);
    await api.anybody.post(session).send({ email: other.email, password: PASSWORD }).expect(200);
  });

  it('takes all addresses of one IPv6 subscriber for one guesser, and lets the neighbour in', async () => {
    const { email } = await anAccount(https.owner);
    const guess = (address: string, password: string) =>
      https.anybody.post(session).set('X-Forwarded-For', address).send({ email, password });
    const guesses = Array.from({ length: 8 }, (_, i) => guess(`2001:db8:0:7:${i}::1`, `guess ${i}`));
    for (const { status } of await Promise.all(guesses)) expect(status).toBe(401);
    expect((await guess('2001:db8:0:7:ffff::9', PASSWORD)).status).toBe(429);
    expect((await guess('2001:db8:0:8::1', PASSWORD)).status).toBe(200);
  });

  it('does not count attempts that succeed', async () => {
    const { email } = await anAccount(api.owner);
    for (let i = 0; i < 10; i++) {
      const { status } = await api.anybody.post(session).send({ email, password: PASSWORD });
      expect(status).toBe(200);
    }
  });
});

describe('a session', () => {
  it('has a cookie that scripts cannot read and other sites cannot send, secure where the address is https', async () => {
    const plain = await anAccount(api.owner);
    const overHttp = cookieOf(await api.anybody.post(session).send(credentialsOf(plain)));
    expect(overHttp).toMatch(/^louver_session=/);
    expect(overHttp).toContain('HttpOnly');
    expect(overHttp).toContain('SameSite=Lax');
    expect(overHttp).not.toContain('Secure');
    const secured = await anAccount(https.owner);
    const sent = https.anybody.post(session).set('X-Forwarded-Proto', 'https');
    expect(cookieOf(await sent.send(credentialsOf(secured)))).toContain('Secure');
  });

  it('gets a new id at every sign-in, and the id from before opens nothing', async () => {
    const account = await anAccount(api.owner);
    const first = cookieOf(await api.anybody.post(session).send(credentialsOf(account))).split(';')[0]!;
    const again = await api.anybody.post(session).set('Cookie', first).send(credentialsOf(account));
    const second = cookieOf(again).split(';')[0]!;
    expect(second).not.toBe(first);
    await api.anybody.get(session).set('Cookie', first).expect(401);
    await api.anybody.get(session).set('Cookie', second).expect(200);
  });

  it('cannot be opened with an id that this server did not sign', async () => {
    const account = await anAccount(api.owner);
    const cookie = cookieOf(await api.anybody.post(session).send(credentialsOf(account))).split(';')[0]!;
    const [id] = decodeURIComponent(cookie).split('.');
    const statusWith = async (text: string) => (await api.anybody.get(session).set('Cookie', text)).status;
    expect(await statusWith(cookie)).toBe(200);
    expect(await statusWith(encodeURI(`${id}.AAAA`))).toBe(401);
  });

  it('stops at once when its account is disabled', async () => {
    const { agent, accountId } = await api.as('operator');
    await agent.get(session).expect(200);
    await api.owner.query('UPDATE accounts SET disabled_at = now() WHERE id = $1', [accountId]);
    const answer = await agent.get(session);
    expect(answer.status).toBe(401);
    expect(answer.body.slug).toBe('not-signed-in');
  });

  it('ends after twelve hours, however busy it was', async () => {
    const { agent } = await api.as('operator');
    const clock = fakeClock(new Date());
    const real = api.deps.clock;
    try {
      api.deps.clock = clock;
      clock.advance(11.9 * 3_600_000);
      expect((await agent.get(session)).status).toBe(200);
      clock.advance(0.2 * 3_600_000);
      expect((await agent.get(session)).status).toBe(401);
    } finally {
      api.deps.clock = real;
    }
  });

  it('ends when somebody signs out, on the record', async () => {
    const { agent, accountId } = await api.as('auditor');
    const cookie = cookieOf(await agent.get(session)).split(';')[0]!;
    await agent.delete(session).expect(204);
    await api.anybody.get(session).set('Cookie', cookie).expect(401);
    const actions = (await api.recordsOf(accountId)).map((entry) => entry.action);
    expect(actions).toEqual(['session.open', 'session.close']);
    await api.anybody.delete(session).expect(401);
  });
});

const credentialsOf = ({ email, password }: { email: string; password: string }) => ({ email, password });
