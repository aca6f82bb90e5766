// SPDX-License-Identifier: AGPL-3.0-or-later
import { homeMasks, type DemoCamera, type DemoCity } from '@louver/camsim';
import { MaskSet, MasksInForce, type Camera } from '@louver/contract';
import { z } from 'zod';
import { Refused, type Api } from '../api.ts';
import { EXIT, Failure } from '../failure.ts';

const REASON = 'Che cửa sổ và mặt tiền nhà ở · windows and fronts of homes';
const NOTE = 'Đã đối chiếu với hình ảnh · compared with the picture';

/** Drawn by one person and approved by another, through the same doors as everybody. @returns whether it was necessary */
export async function ensureMasks(
  people: { supervisor: Api; reviewer: Api },
  camera: Camera,
  demo: DemoCamera,
  city: DemoCity,
): Promise<boolean> {
  if (await inForce(people.supervisor, camera)) return false;
  const open = (await waiting(people.reviewer, camera)) ?? (await propose(people.supervisor, camera, demo, city));
  await people.reviewer.post(`/mask-sets/${open.id}/approve`, { note: NOTE }, MaskSet);
  return true;
}

async function inForce(api: Api, { id }: Camera): Promise<boolean> {
  try {
    await api.get(`/cameras/${id}/masks`, MasksInForce);
    return true;
  } catch (error) {
    if (error instanceof Refused && error.problem.slug === 'masks-unknown') return false;
    throw error;
  }
}

/** Left by a seed that was stopped in between. What geometry proposes is not among them. */
async function waiting(api: Api, { id }: Camera): Promise<MaskSet | undefined> {
  const query = new URLSearchParams({ state: 'proposed', cameraId: id });
  return (await api.get(`/mask-sets?${query.toString()}`, z.object({ items: z.array(MaskSet) }))).items[0];
}

async function propose(api: Api, camera: Camera, demo: DemoCamera, city: DemoCity): Promise<MaskSet> {
  const aim = camera.aims[0];
  if (!aim) throw new Failure(EXIT.refused, `the demo camera ${camera.code} has no aim`);
  const polygons = homeMasks(demo.aim, city);
  return api.post(
    `/aims/${aim.id}/mask-sets`,
    { polygons, frame: aim.image, basedOnVersion: 0, reason: REASON },
    MaskSet,
  );
}
