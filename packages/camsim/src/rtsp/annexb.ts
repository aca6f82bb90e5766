// SPDX-License-Identifier: AGPL-3.0-or-later

export type Codec = 'h264' | 'h265';

/** One picture: its NAL units without start codes. */
export interface AccessUnit {
  readonly nals: readonly Buffer[];
  readonly key: boolean;
}

/** A loop of video. The first unit is a key frame, and every key frame carries its parameter sets. */
export interface Clip {
  readonly codec: Codec;
  /** Frames per second. */
  readonly fps: number;
  /** H.264: SPS, PPS. H.265: VPS, SPS, PPS. */
  readonly parameterSets: readonly Buffer[];
  readonly units: readonly AccessUnit[];
}

const START_CODE = Buffer.from([0, 0, 1]);

const nalType = (codec: Codec, nal: Buffer): number =>
  codec === 'h264' ? (nal[0] ?? 0) & 0x1f : ((nal[0] ?? 0) >> 1) & 0x3f;

interface Kinds {
  readonly parameterSets: readonly number[];
  readonly delimiter: number;
  readonly isPicture: (type: number) => boolean;
  readonly isKey: (type: number) => boolean;
  /** Byte whose top bit says that a slice is the first of its picture. */
  readonly firstSliceByte: number;
}

const KINDS: Record<Codec, Kinds> = {
  h264: {
    parameterSets: [7, 8],
    delimiter: 9,
    isPicture: (t) => t >= 1 && t <= 5,
    isKey: (t) => t === 5,
    firstSliceByte: 1,
  },
  h265: {
    parameterSets: [32, 33, 34],
    delimiter: 35,
    isPicture: (t) => t < 32,
    isKey: (t) => t >= 16 && t <= 21,
    firstSliceByte: 2,
  },
};

function* nalsOf(stream: Buffer): Generator<Buffer> {
  let start = -1;
  for (let at = stream.indexOf(START_CODE); ; at = stream.indexOf(START_CODE, at + 3)) {
    if (start >= 0) {
      let end = at < 0 ? stream.length : at;
      // The zero before a four-byte start code, and padding, belong to no unit.
      while (end > start && stream[end - 1] === 0) end--;
      if (end > start) yield stream.subarray(start, end);
    }
    if (at < 0) return;
    start = at + 3;
  }
}

function unitsOf(stream: Buffer, codec: Codec): Buffer[][] {
  const kinds = KINDS[codec];
  const units: Buffer[][] = [];
  let unit: Buffer[] = [];
  let hasPicture = false;
  for (const nal of nalsOf(stream)) {
    const picture = kinds.isPicture(nalType(codec, nal));
    const firstSlice = picture && ((nal[kinds.firstSliceByte] ?? 0) & 0x80) !== 0;
    if (hasPicture && (firstSlice || !picture)) {
      units.push(unit);
      unit = [];
      hasPicture = false;
    }
    if (nalType(codec, nal) !== kinds.delimiter) unit.push(nal);
    hasPicture ||= picture;
  }
  if (hasPicture) units.push(unit);
  return units;
}

/** Reads an Annex-B elementary stream. Throws when it does not start with parameter sets and a key frame. */
export function readAnnexB(stream: Buffer, codec: Codec, fps: number): Clip {
  const kinds = KINDS[codec];
  const raw = unitsOf(stream, codec);
  const parameterSets = kinds.parameterSets.map((type) => {
    const set = raw[0]?.find((nal) => nalType(codec, nal) === type);
    if (!set) throw new Error(`couldn't read the clip: no ${codec} parameter set ${type} before the first picture`);
    return set;
  });
  const units = raw.map((nals): AccessUnit => {
    const types = nals.map((nal) => nalType(codec, nal));
    const key = types.some(kinds.isKey);
    const complete = !key || kinds.parameterSets.every((type) => types.includes(type));
    return { key, nals: complete ? nals : [...parameterSets, ...nals] };
  });
  if (!units[0]?.key) throw new Error("couldn't read the clip: its first picture is not a key frame");
  return { codec, fps, parameterSets, units };
}
