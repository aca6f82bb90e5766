// SPDX-License-Identifier: AGPL-3.0-or-later
import { PASSWORD, anAccount } from '@louver/testkit';
import { describe, expect, it } from 'vitest';
import { useApi } from '../testing/use-api.ts';

const api = useApi();
const session = '/api/v1/session';

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
});
