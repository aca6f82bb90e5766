// SPDX-License-Identifier: AGPL-3.0-or-later
import { createHash } from 'node:crypto';
import { Camera, CameraSummary, type CameraId } from '@louver/contract';
import { z } from 'zod';
import type { Api } from '../api.ts';
import { EXIT, Failure } from '../failure.ts';

export interface CameraServer {
  port: string;
  user: string;
  password: string;
}

/** Changes whenever the streams have to be told again; the password can't be read out of it. */
export const streamsDigest = ({ port, user, password }: CameraServer, codes: readonly string[]): string =>
  createHash('sha256')
    .update(JSON.stringify([port, user, password, codes]))
    .digest('hex');

/** @throws Failure refused when one of the codes is not there */
export async function findCameras(api: Api, codes: readonly string[]): Promise<Map<string, Camera>> {
  const found = new Map<string, Camera>();
  for (const code of codes) {
    const { items } = await api.get(
      `/cameras?${new URLSearchParams({ q: code }).toString()}`,
      z.object({ items: z.array(CameraSummary) }),
    );
    const summary = items.find((camera) => camera.code === code);
    if (!summary) throw new Failure(EXIT.refused, `the demo camera ${code} is not there`);
    found.set(code, await api.get(`/cameras/${summary.id}`, Camera));
  }
  return found;
}

export const setStream = (
  api: Api,
  id: CameraId,
  code: string,
  { port, user, password }: CameraServer,
): Promise<void> =>
  api.put(`/cameras/${id}/stream`, { url: `rtsp://127.0.0.1:${port}/${code}`, username: user, password });
