// SPDX-License-Identifier: AGPL-3.0-or-later
import { randomUUID } from 'node:crypto';
import { type AimId, type AimPreset, type CameraId, MaskSetId } from '@louver/contract';
import type { EntryFacts } from '@louver/ledger';
import { pino } from 'pino';
import { beforeEach, describe, expect, it } from 'vitest';
import { MaskDecisions } from '../record/mask-decisions.ts';
import { LogOfEntries } from '../testing/log-of-entries.ts';
import { judgeMasks, unknownSets } from './masks-in-force.ts';
import type { EnforcedSet, MaskSetInForce, StoredStanding } from './queries.ts';

const cameraId = randomUUID() as CameraId;
const aimId = randomUUID() as AimId;
let decisions: MaskDecisions;
let log: LogOfEntries;

beforeEach(() => {
  decisions = new MaskDecisions(pino({ level: 'silent' }));
  log = new LogOfEntries();
});

/** Puts an entry into the record and lets it be read. */
function say(facts: Partial<EntryFacts>): void {
  const entry = log.append(facts);
  if (decisions.wants(entry)) decisions.read(entry, log.entries.length - 1);
}

const aSet = (version: number, changes: Partial<MaskSetInForce> = {}): MaskSetInForce => ({
  id: MaskSetId.parse(randomUUID()),
  aimId,
  version,
  state: 'active',
  frame: { width: 640, height: 360 },
  digest: String(version).repeat(64).slice(0, 64),
  expiresAt: '2027-11-22T00:00:00.000Z',
  ...changes,
});

/** What geometry adds to a set. */
const anEnforced = (version: number, base: MaskSetInForce, changes: Partial<EnforcedSet> = {}): EnforcedSet => ({
  ...aSet(version),
  state: 'proposed',
  extendsId: base.id,
  isBurnedIn: false,
  ...changes,
});

const approve = ({ id, version, digest, aimId }: MaskSetInForce) =>
  say({ action: 'mask.approve', subject: id, camera: cameraId, detail: { aimId, version, digest } });

function judge(
  candidates: MaskSetInForce[],
  given: {
    known?: number;
    unsealed?: MaskSetInForce[];
    aimId?: AimId;
    enforced?: EnforcedSet[];
    preset?: AimPreset;
  } = {},
) {
  const standing: StoredStanding = {
    cameraId,
    status: 'live',
    jurisdiction: 'vn' as never,
    isDistrusted: false,
    sceneReferenceId: null,
    isShifted: false,
    isUncalibrated: false,
    device: null,
    streamUpdatedAt: null,
    turns: given.preset !== undefined,
    presetAims: [],
    aimId: given.aimId ?? aimId,
    preset: given.preset ?? null,
    candidates,
    enforced: given.enforced ?? [],
  };
  const unsealed = new Set((given.unsealed ?? []).map(({ id }) => id));
  const asked = unknownSets(standing, decisions);
  const verdict = judgeMasks(
    standing,
    decisions,
    given.known ?? log.entries.length,
    new Set(asked.filter((id) => unsealed.has(id))),
  );
  if (verdict === 'outdated') return verdict;
  return verdict.masks ? (verdict.enforced ?? verdict.masks) : (verdict.refusal?.fault ?? verdict.withheld);
}

describe('of a camera that turns', () => {
  const GATE = { token: '1', position: { pan: -0.5, tilt: 0.1, zoom: 0 } };
  const made = (preset: AimPreset) =>
    say({ action: 'aim.create', subject: aimId, camera: cameraId, detail: { after: { preset }, current: false } });

  it('are shown where the record says that the head stands', () => {
    const set = aSet(1);
    made(GATE);
    approve(set);
    expect(judge([set], { preset: GATE })).toEqual(set);
  });

  it.each([
    ['the database says that it stands elsewhere', { ...GATE, position: { ...GATE.position, pan: 0.5 } }],
    ['the database says that it is another preset', { ...GATE, token: '2' }],
    ['the database says that the camera is fixed', undefined],
  ])('are not shown where %s', (_what, preset) => {
    const set = aSet(1);
    made(GATE);
    approve(set);
    expect(judge([set], preset ? { preset } : {})).toBe('aim');
  });

  it('are not shown of an aim that was never said to be of a preset', () => {
    const set = aSet(1);
    approve(set);
    expect(judge([set], { preset: GATE })).toBe('aim');
  });

  it.each([
    [
      'aim',
      'the preset was given to another place',
      'aim.change',
      { before: { preset: GATE }, after: { preset: null } },
    ],
    ['ended', 'the aim was retired', 'aim.retire', { before: { preset: GATE } }],
    [
      'ended',
      'the camera is said to be fixed',
      'camera.update',
      { changed: ['mobility'], before: { mobility: 'ptz' } },
    ],
  ] as const)('are %s when %s', (fault, _what, action, detail) => {
    const set = aSet(1);
    made(GATE);
    approve(set);
    say({ action, subject: action === 'camera.update' ? cameraId : aimId, camera: cameraId, detail });
    say({ action: 'viewing.open' });
    expect(judge([set], { preset: GATE })).toBe(fault);
  });

  it('keep it when a list that knows nothing of presets repeats the aim', () => {
    const set = aSet(1);
    made(GATE);
    say({ action: 'aim.change', subject: aimId, camera: cameraId, detail: { before: {}, after: {} } });
    approve(set);
    expect(judge([set], { preset: GATE })).toEqual(set);
  });
});

describe('what people decide', () => {
  it('is burned in once its approval is in the log; until then the former set stays', () => {
    const [first, second] = [aSet(1), aSet(2, { state: 'approved' })];
    expect(judge([])).toBe('none');
    expect(judge([first], { unsealed: [first] })).toBe('unsealed');
    approve(first);
    expect(judge([first])).toBe(first);
    expect(judge([second, first], { unsealed: [second] })).toBe(first);
    approve(second);
    expect(judge([second, first])).toBe(second);
    expect(judge([second])).toBe(second);
    // Nobody streamed, hence the API retired the former set at once: nothing is shown for the moment.
    const third = aSet(3);
    expect(judge([third], { unsealed: [third] })).toBe('unsealed');
  });

  it('is asked for again when the database answered before it was decided', () => {
    const [first, second] = [aSet(1), aSet(2)];
    approve(first);
    approve(second);
    expect(judge([first], { known: 1 })).toBe('outdated');
    expect(judge([first], { known: 2 })).toBe('superseded');
  });

  it('ends when the camera is turned, moved or fetched from elsewhere, and begins again with the next decision', () => {
    const endings: Partial<EntryFacts>[] = [
      {
        action: 'aim.change',
        subject: aimId,
        detail: { before: { heading: 1, range: 5 }, after: { heading: 2, range: 5 } },
      },
      { action: 'camera.update', subject: cameraId, detail: { changed: ['name', 'location'] } },
      { action: 'stream.update', subject: cameraId, detail: { stream: 'moved' } },
      { action: 'stream.update', subject: cameraId, detail: { stream: 'set' } },
      { action: 'stream.update', subject: cameraId, detail: { stream: 'removed' } },
    ];
    for (const [i, ending] of endings.entries()) {
      const set = aSet(i + 1);
      approve(set);
      expect(judge([set])).toBe(set);
      say({ camera: cameraId, ...ending });
      expect(judge([set])).toBe('ended');
      expect(judge([set], { known: log.entries.length - 1 })).toBe('outdated');
      expect(judge([])).toBe('none');
    }
  });

  it('goes on while only papers, range or password change, or another camera does', () => {
    const set = aSet(1);
    approve(set);
    const aim = { heading: 1, position: { lon: 1, lat: 2, height: 6 } };
    say({
      action: 'aim.change',
      camera: cameraId,
      subject: aimId,
      detail: { before: { ...aim, range: 1 }, after: { ...aim, range: 2 } },
    });
    say({ action: 'camera.update', camera: cameraId, subject: cameraId, detail: { changed: ['name'] } });
    say({ action: 'stream.update', camera: cameraId, subject: cameraId, detail: { stream: 'replaced' } });
    say({ action: 'stream.update', camera: randomUUID(), subject: 'x', detail: { stream: 'moved' } });
    expect(judge([set])).toBe(set);
  });
});

describe('what geometry adds', () => {
  it('is shown instead of the set that it extends, without a record of its own', () => {
    const base = aSet(1);
    const added = anEnforced(2, base);
    expect(judge([], { enforced: [added] })).toBe('none');
    expect(judge([base], { enforced: [added], unsealed: [base] })).toBe('unsealed');
    approve(base);
    expect(judge([base], { enforced: [added] })).toBe(added);
    const more = anEnforced(3, base);
    expect(judge([base], { enforced: [more, added] })).toBe(more);
  });

  it('goes on being shown when it is approved, and is the new set once that is sealed', () => {
    const base = aSet(1);
    approve(base);
    const added = anEnforced(2, base, { state: 'approved' });
    const candidate = { ...added, state: 'approved' as const };
    expect(judge([candidate, base], { enforced: [added], unsealed: [candidate] })).toBe(added);
    approve(candidate);
    expect(judge([candidate, base], { enforced: [added] })).toBe(candidate);
    const further = anEnforced(3, candidate);
    expect(judge([candidate], { enforced: [further, added] })).toBe(further);
  });

  it('is never left out while people approve other masks: there is no picture until that is sealed', () => {
    const [base, other] = [aSet(1), aSet(3, { state: 'approved' })];
    approve(base);
    const carriedOver = anEnforced(4, other);
    expect(judge([other, base], { enforced: [carriedOver], unsealed: [other] })).toBe('unsealed');
    approve(other);
    expect(judge([other, base], { enforced: [carriedOver] })).toBe(carriedOver);
    expect(judge([other], { enforced: [carriedOver] })).toBe(carriedOver);
    // What was added to an older set has gone with it.
    expect(judge([other], { enforced: [anEnforced(2, base)] })).toBe(other);
  });

  it('over another frame, another aim or another set than the approved one is refused', () => {
    const base = aSet(1);
    approve(base);
    const frame = { width: 640, height: 480 };
    expect(judge([base], { enforced: [anEnforced(2, base, { frame })] })).toBe('enforced');
    expect(judge([base], { enforced: [anEnforced(2, base, { aimId: randomUUID() as AimId })] })).toBe('enforced');
    expect(judge([base], { enforced: [anEnforced(2, aSet(1))] })).toBe('enforced');
    expect(judge([base], { enforced: [anEnforced(2, base, { extendsId: null })] })).toBe('enforced');
  });
});

describe('what a database owner does', () => {
  it('a set that nobody approved is refused, whatever stands beside it', () => {
    const [first, flipped] = [aSet(1), aSet(2)];
    expect(judge([first])).toBe('unapproved');
    approve(first);
    expect(judge([flipped])).toBe('unapproved');
    expect(judge([flipped, first])).toBe('unapproved');
    expect(judge([aSet(1)])).toBe('unapproved');
  });

  it('other polygons, another frame, aim, version or camera under an approved set are refused', () => {
    const set = aSet(2);
    approve(set);
    const otherAim = randomUUID() as AimId;
    expect(judge([{ ...set, digest: 'ff'.repeat(32) }])).toBe('altered');
    expect(judge([{ ...set, version: 7 }])).toBe('altered');
    expect(judge([{ ...set, aimId: otherAim }], { aimId: otherAim })).toBe('unapproved');
    const elsewhere = aSet(1, { aimId: otherAim });
    say({ action: 'mask.approve', subject: elsewhere.id, camera: randomUUID(), detail: { ...elsewhere, frame: null } });
    expect(judge([elsewhere], { aimId: otherAim })).toBe('altered');
  });

  it('an older set that was brought back is refused, also when its approval is put into the record once more', () => {
    const [first, second] = [aSet(1), aSet(2)];
    approve(first);
    approve(second);
    expect(judge([first])).toBe('superseded');
    approve(first);
    expect(judge([first])).toBe('superseded');
    expect(judge([second])).toBe(second);
    // One that was ended stays ended, too.
    say({ action: 'stream.update', camera: cameraId, subject: cameraId, detail: { stream: 'moved' } });
    approve(second);
    expect(judge([second])).toBe('ended');
  });

  it('masks last no longer than their approval says, and end sooner when the database says so', () => {
    const set = aSet(1);
    const { id, version, digest } = set;
    const expiresAt = '2027-01-01T00:00:00.000Z';
    say({ action: 'mask.approve', subject: id, camera: cameraId, detail: { aimId, version, digest, expiresAt } });
    expect(judge([set])).toEqual({ ...set, expiresAt });
    const sooner = { ...set, expiresAt: '2026-12-24T00:00:00.000Z' };
    expect(judge([sooner])).toBe(sooner);
  });

  it('an aim that the camera does not look along is refused with all its masks', () => {
    const aside = randomUUID() as AimId;
    say({ action: 'aim.create', camera: cameraId, subject: aside, detail: { current: false } });
    const set = aSet(1, { aimId: aside });
    approve(set);
    expect(judge([set], { aimId: aside })).toBe('aim');
    const first = randomUUID() as AimId;
    say({ action: 'aim.create', camera: cameraId, subject: first, detail: { current: true } });
    const own = aSet(1, { aimId: first });
    approve(own);
    expect(judge([own], { aimId: first })).toBe(own);
  });

  it('entries that name no mask set decide nothing', () => {
    const set = aSet(1);
    for (const detail of [{}, { ...set, aimId: 'x' }, { ...set, version: '1' }, { ...set, digest: null }])
      say({ action: 'mask.approve', subject: set.id, camera: cameraId, detail });
    say({ action: 'mask.approve', subject: 'x', camera: cameraId, detail: { ...set } });
    say({ action: 'mask.approve', subject: set.id, camera: null, detail: { ...set } });
    decisions.read(Buffer.from('{"action":"mask.approve",'), 99);
    expect(judge([set])).toBe('unapproved');
  });
});
