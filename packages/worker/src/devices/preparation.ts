// SPDX-License-Identifier: AGPL-3.0-or-later
// Makes a device have our masks: what it can is asked, what is missing is made, what is there is read back and compared.
import type { DeviceAccess, MaskPolygons, OnDeviceMasksReason } from '@louver/contract';
import type { MaskSpec } from '../media/masker.ts';
import type { OpenDevice } from './device-masks.ts';
import { planFor } from './mask-plan.ts';
import {
  type MaskOnDevice,
  createMask,
  deleteMask,
  findProfile,
  isOver,
  readAbility,
  readMasks,
} from './mask-service.ts';
import { DeviceClient, DeviceFailed } from './soap-client.ts';

export class DeviceUnable extends Error {
  readonly reason: OnDeviceMasksReason;

  constructor(reason: OnDeviceMasksReason, message: string) {
    super(message);
    this.name = 'DeviceUnable';
    this.reason = reason;
  }
}

export interface DevicePreparation {
  readonly client: DeviceClient;
  readonly source: string;
  readonly plan: MaskPolygons;
}

type KeepTokens = (tokens: readonly string[]) => Promise<void>;

/**
 * A worker that asks whatever address it is given can be sent anywhere. A device is asked at the host that its stream comes
 * from, which costs the masks their force when it changes. @throws DeviceUnable
 */
export function requireSameHost({ url }: Pick<DeviceAccess, 'url'>, streamUrl: string): void {
  const stream = /^rtsps?:\/\/(\[[^\]]+\]|[^/:?#]+)/i.exec(streamUrl)?.[1]?.toLowerCase();
  if (stream === undefined || !URL.canParse(url) || new URL(url).hostname.toLowerCase() !== stream)
    throw new DeviceUnable('device-elsewhere', 'the device is not where its stream comes from');
}

/** @throws DeviceUnable, DeviceFailed */
export async function prepare(
  { access, tokens, streamUrl }: OpenDevice,
  { frame, polygons }: MaskSpec,
  stop: AbortSignal,
  keepTokens: KeepTokens,
): Promise<DevicePreparation> {
  requireSameHost(access, streamUrl);
  const client = new DeviceClient(access, stop);
  const { source } = await findProfile(client, streamUrl);
  const plan = planFor(frame, polygons, await readAbility(client, source));
  if (!plan) throw new DeviceUnable('masks-too-coarse', 'the device has too few or too simple masks for these');
  const there = await readMasks(client, source);
  const stale = there.filter(({ token }) => tokens.includes(token)).filter((mask) => !isAnyOver(mask, plan));
  for (const { token } of stale) await deleteMask(client, token);
  const kept = tokens.filter((token) => there.some((mask) => mask.token === token && !stale.includes(mask)));
  for (const polygon of plan) {
    if (there.some((mask) => isOver(mask, polygon))) continue;
    kept.push(await createMask(client, source, polygon));
    // Before anything else can fail: what nobody remembers is never taken off again.
    await keepTokens(kept);
  }
  await keepTokens(kept);
  const prepared = { client, source, plan };
  if (!(await stillHas(prepared))) throw new DeviceUnable('masks-not-kept', 'the device reads back other masks');
  return prepared;
}

const isAnyOver = (mask: MaskOnDevice, plan: MaskPolygons): boolean => plan.some((polygon) => isOver(mask, polygon));

/** Whether the device says that it has all of them. @throws DeviceFailed */
export async function stillHas({ client, source, plan }: DevicePreparation): Promise<boolean> {
  const there = await readMasks(client, source);
  return plan.every((polygon) => there.some((mask) => isOver(mask, polygon)));
}

/** Takes what is ours off the device. @throws DeviceUnable, DeviceFailed */
export async function release({ access, tokens, streamUrl }: OpenDevice, keepTokens: KeepTokens): Promise<void> {
  requireSameHost(access, streamUrl);
  const client = new DeviceClient(access, AbortSignal.timeout(30_000));
  const left = [...tokens];
  for (const token of tokens) {
    await deleteMask(client, token).catch((error: unknown) => {
      // Gone already is as good.
      if (!(error instanceof DeviceFailed) || error.trouble !== 'unsupported') throw error;
    });
    left.shift();
    await keepTokens(left);
  }
}
