// SPDX-License-Identifier: AGPL-3.0-or-later
import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import exifr from 'exifr';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { act, aDraft, aWard, idOf, read, WARD } from '../testing/complaints.ts';
import { useApi } from '../testing/use-api.ts';

const api = useApi();
let photo: Buffer;
beforeAll(async () => {
  await aWard(api);
  photo = await sharp({ create: { width: 3000, height: 1500, channels: 3, background: '#888' } })
    .withExif({
      IFD0: { Make: 'Phone', Artist: 'Hoa' },
      IFD3: { GPSLatitude: '12/1 40/1 48/1', GPSLatitudeRef: 'N', GPSLongitude: '108/1 3/1 0/1', GPSLongitudeRef: 'E' },
    })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
});

const send = (files: { name: string; bytes: Buffer }[], draft: object = aDraft()) => {
  const form = api.anybody.post('/api/v1/complaints').field('complaint', JSON.stringify(draft));
  for (const { name, bytes } of files) form.attach('photo', bytes, { filename: name });
  return form;
};

/** A PNG that says it is large and packs nothing into little. */
function bomb(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const out = Buffer.alloc(body.length + 8);
    out.writeUInt32BE(data.length, 0);
    body.copy(out, 4);
    out.writeUInt32BE(crc(body), body.length + 4);
    return out;
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(2_000_000))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function crc(bytes: Buffer): number {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  }
  return (value ^ 0xffffffff) >>> 0;
}

describe('a photo', () => {
  it('is kept sealed as it was sent, and shown upright without place, name or device', async () => {
    expect(await exifr.gps(photo)).toMatchObject({ latitude: expect.closeTo(12.68, 2) });
    const filed = await send([{ name: 'nhà tôi.jpg', bytes: photo }]);
    expect([filed.status, filed.body.photos]).toEqual([201, 1]);
    const [shown] = (await read(api, filed.body.caseCode)).photos;
    const answer = await api.anybody.get(shown!.href).responseType('blob');
    expect(answer.headers).toMatchObject({ 'content-type': 'image/webp', 'x-content-type-options': 'nosniff' });
    const { width, height, exif, icc, xmp, format } = await sharp(answer.body as Buffer).metadata();
    expect({ width, height, exif, icc, xmp, format }).toEqual({
      width: 1024,
      height: 2048,
      exif: undefined,
      icc: undefined,
      xmp: undefined,
      format: 'webp',
    });
    const id = await idOf(api, filed.body.reference);
    const digest = createHash('sha256').update(photo).digest('hex');
    expect((await api.recordsOf(id))[0]).toMatchObject({ detail: { photos: [digest] } });
    const { rows } = await api.owner.query('SELECT sealed FROM complaint_photos WHERE id = $1', [shown!.id]);
    expect((rows[0]!.sealed as Buffer).includes(photo.subarray(0, 64))).toBe(false);
    const { agent } = await api.as('officer', { jurisdictions: [WARD] });
    await act(agent, id, 'accept');
    const original = await agent
      .post(`/api/v1/complaints/${id}/files/${shown!.id}/original`)
      .send({ reason: 'Đối chiếu bằng chứng' })
      .responseType('blob');
    expect((original.body as Buffer).equals(photo)).toBe(true);
    expect((await api.recordsOf(id)).at(-1)).toMatchObject({ action: 'evidence.open', detail: { sha256: digest } });
  });

  it('can be added with the case code, by the same checks', async () => {
    const { body } = await send([]);
    const add = (bytes: Buffer) =>
      api.anybody.post('/api/v1/case/photos').field('code', body.caseCode).attach('photo', bytes, 'a.jpg');
    expect((await add(photo)).body.photos).toHaveLength(1);
    expect((await add(Buffer.from('%PDF-1.7 …'))).body.slug).toBe('photo-refused');
    const stranger = await api.anybody
      .post('/api/v1/case/photos')
      .field('code', '1234')
      .attach('photo', photo, 'a.jpg');
    expect(stranger.status).toBe(400);
  });

  it.each([
    ['a PDF called .jpg', 'đơn.jpg', () => Buffer.from('%PDF-1.7\n1 0 obj'), /đơn\.jpg: a PDF, whatever it is called/],
    ['HEIC', 'IMG_1.HEIC', () => Buffer.from('\0\0\0\x18ftypheic\0\0\0\0'), /IMG_1\.HEIC: a HEIC .*send it as JPEG/],
    [
      'a script',
      '<script>.png',
      () => Buffer.from('<script>alert(1)</script>'),
      /^script\.png: not a JPEG, PNG or WebP/,
    ],
    ['a damaged picture', 'a.jpg', () => photo.subarray(0, 300), /a\.jpg: damaged/],
    ['a decompression bomb', 'b.png', () => bomb(60_000, 60_000), /b\.png: .*(too large|too many pixels)/],
    ['one that is wide and flat', 'c.png', () => bomb(30_000, 10), /c\.png: .*(too large|too many pixels)/],
  ])('that is %s is refused by name, with what to do, and nothing is filed', async (_what, name, bytes, detail) => {
    const draft = aDraft();
    const answer = await send(
      [
        { name: 'good.jpg', bytes: photo },
        { name, bytes: bytes() },
      ],
      draft,
    );
    expect([answer.status, answer.body.slug]).toEqual([422, 'photo-refused']);
    expect(answer.body.errors).toEqual([{ pointer: '/photo/1', detail: expect.stringMatching(detail) }]);
    // The same form without it goes through: nothing was lost or used up.
    expect((await send([{ name: 'good.jpg', bytes: photo }], draft)).body).toMatchObject({
      repeated: false,
      photos: 1,
    });
  });

  it('beyond 20 MB, or one too many, is refused', async () => {
    const large = Buffer.concat([photo, Buffer.alloc(20 * 1024 * 1024)]);
    expect((await send([{ name: 'large.jpg', bytes: large }])).body.errors[0].detail).toContain('larger than 20 MB');
    const many = Array.from({ length: 7 }, () => ({ name: 'a.jpg', bytes: photo }));
    expect((await send(many)).body.slug).toBe('photo-refused');
  });
});

it('a form while the database is away is refused clearly, and goes through later as if nothing had been', async () => {
  const draft = aDraft();
  const { pool } = api.deps;
  const { connect } = pool;
  // What a restarting server says to whoever comes in.
  pool.connect = (() =>
    Promise.reject(Object.assign(new Error('the database system is starting up'), { code: '57P03' }))) as never;
  try {
    const answer = await send([{ name: 'a.jpg', bytes: photo }], draft);
    expect([answer.status, answer.body.slug]).toEqual([503, 'unavailable']);
  } finally {
    pool.connect = connect;
  }
  expect((await send([{ name: 'a.jpg', bytes: photo }], draft)).body).toMatchObject({ repeated: false, photos: 1 });
});
