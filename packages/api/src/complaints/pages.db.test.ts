// SPDX-License-Identifier: AGPL-3.0-or-later
// The forms as a browser without a script sends them.
import { aCamera, aJurisdiction } from '@louver/testkit';
import sharp from 'sharp';
import { beforeAll, expect, it } from 'vitest';
import { useApi } from '../testing/use-api.ts';

const api = useApi();
const CODE = 'HS-0777';
const FORM = `/cong-dan/khieu-nai?step=form&kind=faces-home&camera=${CODE}`;

beforeAll(async () => {
  await aJurisdiction(api.owner, 'vn.p66.hoa_sua');
  const { cameraId } = await aCamera(api.owner, { code: CODE });
  await api.owner.query(
    `UPDATE jurisdictions SET boundary = ST_Multi(ST_MakeEnvelope(107.9, 12.5, 108.2, 12.8, 4326)) WHERE kind = 'commune'`,
  );
  await api.owner.query("UPDATE cameras SET publication = 'shown' WHERE id = $1", [cameraId]);
});

const hidden = (html: string, name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';
const codeIn = (html: string) => /data-case-code="(\d{16})"/.exec(html)?.[1];
const filled = async (more: Record<string, string> = {}) => {
  const { text } = await api.anybody.get(FORM).expect(200);
  return {
    ...{
      formKey: hidden(text, 'formKey'),
      kind: 'faces-home',
      camera: CODE,
      text: 'Camera chĩa thẳng vào cửa nhà tôi.',
    },
    ...{ who: 'named', name: 'Nguyễn Thị Lan', phone: '', email: '', address: '' },
    ...more,
  };
};
const send = (form: Record<string, string>) => api.anybody.post('/cong-dan/khieu-nai').type('form').send(form);
const open = (code: string, more: Record<string, string> = {}) =>
  api.anybody
    .post('/cong-dan/ho-so')
    .type('form')
    .send({ code, ...more });

it('asks first what it is about, and never twice for what an address says already', async () => {
  const first = await api.anybody.get(`/cong-dan/khieu-nai?camera=${CODE}`).expect(200);
  expect(first.text).toContain('value="planned-camera"');
  expect(first.text).toContain(CODE);
  expect((await api.anybody.get('/public/complain?step=form').expect(200)).text).toContain('Please choose one.');
  const { text, headers } = await api.anybody.get(FORM).expect(200);
  expect(headers['cache-control']).toBe('no-store');
  expect(text).not.toContain('name="ward"');
});

it('is filed, shows the code once, and opens with it', async () => {
  const form = await filled();
  const { text, headers } = await send(form).expect(200);
  expect(headers['cache-control']).toBe('no-store');
  const code = codeIn(text)!;
  expect(code).toMatch(/^\d{16}$/);
  const again = await send(form).expect(200);
  expect(codeIn(again.text)).toBe(code);
  const mine = await open(`${code.slice(0, 4)} ${code.slice(4)}`).expect(200);
  expect(mine.headers['cache-control']).toBe('no-store');
  expect(mine.text).toContain('đang chờ cơ quan thụ lý');
  expect(mine.text).toContain('Camera chĩa thẳng vào cửa nhà tôi.');
  expect(mine.text).not.toContain('Nguyễn Thị Lan');
  const { rows } = await api.owner.query('SELECT count(*)::integer AS n FROM complaints');
  expect(rows[0].n).toBe(1);
});

it('keeps all that was typed when something is wrong, and says what, beside the field and in a list', async () => {
  const { text } = await send(await filled({ text: 'ngắn', who: '', email: 'sai' })).expect(422);
  expect(text).toContain('Lỗi: ');
  expect(text).toContain('href="#field-text"');
  expect(text).toContain('href="#field-who"');
  expect(text).toContain('>ngắn</textarea>');
  expect(text).toContain('value="Nguyễn Thị Lan"');
});

it('keeps the text when the database can’t take it, and takes it afterwards as one case', async () => {
  const form = await filled({ text: 'Nội dung không được mất, dù máy chủ ngừng.' });
  await api.owner.query('ALTER TABLE complaints RENAME TO complaints_away');
  const { text } = await send(form).expect(503);
  await api.owner.query('ALTER TABLE complaints_away RENAME TO complaints');
  expect(text).toContain('Chưa gửi được');
  expect(text).toContain('Nội dung không được mất, dù máy chủ ngừng.');
  expect(hidden(text, 'formKey')).toBe(form.formKey);
  expect(codeIn((await send(form).expect(200)).text)).toBeDefined();
});

it('writes out what is a script as text', async () => {
  const script = '<script>alert(1)</script><img src=x onerror=alert(2)>';
  const { text } = await send(await filled({ text: `${script} và thêm`, name: script })).expect(200);
  const mine = await open(codeIn(text)!).expect(200);
  expect(mine.text).not.toContain('<script>alert');
  expect(mine.text).not.toContain('<img src=x');
  expect(mine.text).toContain('&lt;script&gt;');
});

it('takes photos, and refuses what is none by name, in the language of the page, with the text kept', async () => {
  const photo = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#456' } })
    .jpeg()
    .toBuffer();
  const { text } = await api.anybody
    .post('/cong-dan/khieu-nai')
    .field(await filled())
    .attach('photo', photo, 'cua.jpg')
    .expect(200);
  expect(text).toContain('Đã niêm phong 1 ảnh');
  const refused = await api.anybody
    .post('/cong-dan/khieu-nai')
    .field(await filled({ text: 'Tôi gửi kèm một tệp PDF.' }))
    .attach('photo', Buffer.from('%PDF-1.7 …'), 'don.jpg')
    .expect(({ status }) => expect(status).toBeGreaterThanOrEqual(400));
  expect(refused.text).toContain('don.jpg');
  expect(refused.text).toContain('là tệp PDF');
  expect(refused.text).toContain('Tôi gửi kèm một tệp PDF.');
  expect(refused.text).toContain('xin chọn lại');
});

it.each([
  ['more than 64 MB in all', 4, 18 * 1024 * 1024, 413, '64 MB'],
  ['more photos than are taken', 8, 1_000, 422, 'quá số ảnh'],
  ['a photo of more than 20 MB', 1, 21 * 1024 * 1024, 422, 'lớn hơn 20 MB'],
])(
  'gives the text back when the form has %s, also what comes after the photos',
  async (_what, count, size, status, said) => {
    const form = await filled({
      text: 'Chữ của tôi không được mất vì ảnh lớn.',
      name: 'Nguyễn Thị Lan',
      email: 'lan@louver.example',
    });
    const { name, email, ...before } = form;
    const post = api.anybody.post('/cong-dan/khieu-nai').field(before);
    for (let i = 0; i < count; i += 1) post.attach('photo', Buffer.alloc(size, i + 1), `anh-${i}.jpg`);
    const { text } = await post.field({ name, email }).expect(status);
    for (const typed of [form.text, name, email, said]) expect(text).toContain(typed);
    expect(hidden(text, 'formKey')).toBe(form.formKey);
    expect(codeIn((await send(form).expect(200)).text)).toBeDefined();
  },
);

it('gives back what can be had of a text that is far too long', async () => {
  const { text } = await send(await filled({ text: `Đầu thư. ${'dài '.repeat(30_000)}` })).expect(422);
  expect(text).toContain('Đầu thư. dài dài');
});

it('keeps a case open that photos are added to which are too many', async () => {
  const code = codeIn((await send(await filled()).expect(200)).text)!;
  const post = api.anybody.post('/cong-dan/ho-so').field({ code, act: 'photos' });
  for (let i = 0; i < 8; i += 1) post.attach('photo', Buffer.from('x'), 'a.jpg');
  const { text } = await post.expect(422);
  expect(text).toContain('quá số ảnh');
  expect(text).toContain('đang chờ cơ quan thụ lý');
});

it('takes a further message, and withdraws', async () => {
  const code = codeIn((await send(await filled()).expect(200)).text)!;
  const written = await open(code, { act: 'write', text: 'Tối qua nó lại quay sang.' }).expect(200);
  expect(written.text).toContain('Đã gửi lời nhắn.');
  expect(written.text).toContain('Tối qua nó lại quay sang.');
  expect((await open(code, { act: 'write', text: ' ' }).expect(400)).text).toContain('Viết ít nhất một chữ');
  expect((await open(code, { act: 'withdraw' }).expect(200)).text).toContain('Bạn đã rút đơn');
});

it('tells nobody whether a code exists beyond saying no', async () => {
  expect((await open('1234').expect(422)).text).toContain('Mã có 16 chữ số');
  const { text } = await open('4539148803436467').expect(({ status }) => expect(status).toBeGreaterThanOrEqual(400));
  expect(text).toMatch(/Không có hồ sơ nào mang mã này|Mã có 16 chữ số/);
});

it('needs no camera and no map: a ward will do', async () => {
  const { text } = await api.anybody.get('/cong-dan/khieu-nai?step=form&kind=no-sign').expect(200);
  const form = { ...(await filled()), formKey: hidden(text, 'formKey'), kind: 'no-sign', camera: '', who: 'anonymous' };
  expect((await send(form).expect(422)).text).toContain('Cần một chỗ');
  const filed = await send({ ...form, ward: 'vn.p66.hoa_sua' }).expect(200);
  expect(codeIn(filed.text)).toBeDefined();
});
