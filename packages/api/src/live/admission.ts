// SPDX-License-Identifier: AGPL-3.0-or-later
import { CameraId, Problem, type TicketClaims } from '@louver/contract';
import { inTx, NOBODY } from '@louver/db';
import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { Deps } from '../http/deps.ts';
import { readTicket, requireUsable } from '../viewings/ticket.ts';
import { networkOf } from './network.ts';
import { findHolder, findJurisdiction } from './queries.ts';

/** What a network may write into the record by knocking: after that it is still refused, but only counted. */
const RECORDED_PER_MINUTE = 20;
/** What all networks may together: whoever has many of them fills the record no faster. */
const RECORDED_PER_MINUTE_IN_ALL = 200;

interface LiveRequest {
  cameraId: string;
  ticket: string | undefined;
  address: string;
}

export type Admission = (request: LiveRequest) => Promise<CameraId>;

/**
 * Keeps strangers from starting a camera's stream. The media worker that delivers checks the same ticket again by
 * itself, and more: whether it was used, and whose session it is.
 */
export function createAdmission(deps: Deps): Admission {
  const limiter = (name: string, points: number) =>
    new RateLimiterRedis({ storeClient: deps.redis, keyPrefix: `louver:live-refused:${name}`, points, duration: 60 });
  const [network, all] = [limiter('network', RECORDED_PER_MINUTE), limiter('all', RECORDED_PER_MINUTE_IN_ALL)];
  return async ({ cameraId: text, ticket, address }) => {
    const parsed = CameraId.safeParse(text);
    if (!parsed.success) throw new Problem('camera-not-found');
    const cameraId = parsed.data;
    let claims: TicketClaims | undefined;
    try {
      claims = readTicket(deps.keys.ticketPublic, ticket).claims;
      requireUsable(claims, cameraId, deps.clock.now());
      return cameraId;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      deps.metrics.viewingsRefused.inc({ problem: error.slug });
      // The network first: one that is over its own limit uses up nobody else's.
      if ((await isWithin(network, networkOf(address))) && (await isWithin(all, 'all')))
        await recordRefusal(deps, cameraId, error, claims);
      else
        deps.log.warn(
          { address, problem: error.slug },
          'refused a look without a record: too many from there, or in all',
        );
      throw error;
    }
  };
}

async function isWithin(limit: RateLimiterRedis, key: string): Promise<boolean> {
  try {
    await limit.consume(key);
    return true;
  } catch (reason) {
    if (reason instanceof RateLimiterRes) return false;
    throw reason;
  }
}

/** A forged ticket names nobody; a genuine one names whose it was, whoever shows it now. */
async function recordRefusal(deps: Deps, cameraId: CameraId, problem: Problem, claims?: TicketClaims): Promise<void> {
  const holder = claims && (await inTx(deps.pool, NOBODY, (tx) => findHolder(tx, claims.accountId)));
  const scope = { jurisdictions: holder?.jurisdictions ?? [] };
  const camera = await inTx(deps.pool, scope, (tx) => findJurisdiction(tx, cameraId));
  await deps.ledger.records.append({
    action: 'viewing.refuse',
    actor: claims && holder ? { accountId: claims.accountId, role: holder.role } : null,
    subject: claims?.viewingId ?? 'ticket',
    cameraId,
    jurisdiction: camera?.jurisdiction ?? null,
    detail: { problem: problem.slug, count: 1 },
  });
}
