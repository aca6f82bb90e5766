// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Request } from 'express';
import type { Deps } from '../http/deps.ts';

/** Where people reach this installation: as configured, or else as whoever asks reached it. */
export const originOf = ({ config }: Pick<Deps, 'config'>, request: Request): string =>
  config.publicUrl ?? `${request.protocol}://${request.get('host') ?? 'localhost'}`;
