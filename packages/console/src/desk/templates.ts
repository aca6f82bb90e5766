// SPDX-License-Identifier: AGPL-3.0-or-later
// Papers to begin from. They are Vietnamese: that is the language of the office, whatever the page speaks.
import type { DeskCase } from '@louver/contract';
import { dayOf } from '../app/times.ts';
import type { Act } from './act-request.ts';

type Paper = Extract<Act, 'refuse' | 'extend' | 'suspend' | 'decide' | 'close'>;

const TITLES: Record<Paper, string> = {
  refuse: 'THÔNG BÁO VỀ VIỆC KHÔNG THỤ LÝ KHIẾU NẠI',
  extend: 'THÔNG BÁO GIA HẠN GIẢI QUYẾT KHIẾU NẠI',
  suspend: 'QUYẾT ĐỊNH TẠM ĐÌNH CHỈ GIẢI QUYẾT KHIẾU NẠI',
  decide: 'QUYẾT ĐỊNH GIẢI QUYẾT KHIẾU NẠI',
  close: 'BIÊN BẢN KẾT QUẢ THỰC HIỆN QUYẾT ĐỊNH',
};

const BODIES: Record<Paper, string> = {
  refuse:
    'Sau khi xem xét, cơ quan không thụ lý vì lý do sau: …\n\nNgười khiếu nại có quyền khiếu nại lần hai hoặc khởi kiện vụ án hành chính.',
  extend: 'Vụ việc phức tạp vì: …\n\nThời hạn giải quyết được gia hạn đến ngày …',
  suspend:
    'Việc giải quyết được tạm đình chỉ kể từ ngày … vì: …\n\nViệc giải quyết tiếp tục ngay khi lý do trên không còn.',
  decide:
    'Nội dung khiếu nại: …\n\nKết quả xác minh: …\n\nQuyết định:\nĐiều 1. …\nĐiều 2. Người khiếu nại có quyền khiếu nại lần hai hoặc khởi kiện vụ án hành chính nếu không đồng ý.',
  close: 'Việc đã làm: …\n\nKết quả đo lại: …',
};

export const hasTemplate = (act: Act): act is Paper => Object.hasOwn(TITLES, act);

export const templateOf = (act: Paper, { reference, filedAt, camera }: DeskCase): string =>
  [
    TITLES[act],
    `Vụ việc ${reference}, nộp ngày ${dayOf(filedAt)}${camera === null ? '' : `, camera ${camera.code}`}.`,
    BODIES[act],
  ].join('\n\n');
