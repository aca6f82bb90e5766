// SPDX-License-Identifier: AGPL-3.0-or-later
import { describe, expect, it } from 'vitest';
import { explain } from './explain.ts';
import { aTimeline, anEvent, clockOf } from './testing/vn.ts';

const events = [anEvent('filed', '2026-01-02'), anEvent('accepted', '2026-01-05')];
const extended = anEvent('extended', '2026-02-02');
const said = (timeline: ReturnType<typeof aTimeline>, id: string, language: 'vi' | 'en') =>
  explain(clockOf(timeline, id), language);

describe('the explanation of a date', () => {
  it('tells in Vietnamese how it was counted, moved off Tết, and what follows', () => {
    expect(said(aTimeline([...events, extended], '2026-02-13'), 'VN-KN-2', 'vi')).toEqual([
      'Ra quyết định giải quyết khiếu nại lần đầu: chậm nhất là thứ Hai, ngày 23/02/2026.',
      'Còn 10 ngày.',
      'Thời hạn là 30 ngày, tính từ ngày liền sau ngày 05/01/2026 (ngày thụ lý).',
      'Được gia hạn thêm 15 ngày theo văn bản 12/QĐ-UBND. Lý do: vụ việc phức tạp.',
      'Ngày cuối của thời hạn, 19/02/2026, là ngày nghỉ (Tết Nguyên đán) nên thời hạn kéo dài đến hết ngày làm việc tiếp theo, 23/02/2026.',
      'Nếu quá hạn: khiếu nại được coi như bị từ chối; bạn có quyền khiếu nại lần hai; bạn có quyền khởi kiện tại Tòa án; cơ quan cấp trên được thông báo; cơ quan giám sát được thông báo; con số công khai về các lần trễ hạn tăng thêm một.',
      'Căn cứ: Điều 28 Luật Khiếu nại 02/2011/QH13.',
    ]);
  });

  it('tells the same in English', () => {
    expect(said(aTimeline([...events, extended], '2026-02-13'), 'VN-KN-2', 'en').slice(0, 5)).toEqual([
      'First decision on the complaint: by Monday, 23 February 2026 at the latest.',
      '10 days left.',
      'The period is 30 days, counted from the day after 5 January 2026 (acceptance).',
      'Extended by 15 days with document 12/QĐ-UBND. Reason: vụ việc phức tạp.',
      'The last day of the period, 19 February 2026, is a day off (Tết (Lunar New Year)), so it runs to the end of the next working day, 23 February 2026.',
    ]);
  });

  it('says how late it is, and why it was counted without acceptance', () => {
    const late = said(aTimeline([anEvent('filed', '2025-01-06')], '2025-03-01'), 'VN-KN-2', 'vi');
    expect(late).toContain('Đã quá hạn 12 ngày, kể từ ngày 18/02/2025.');
    expect(late).toContain(
      'Thời hạn là 30 ngày, tính từ ngày liền sau ngày 16/01/2025 (ngày hết hạn «Thụ lý hoặc từ chối thụ lý khiếu nại» mà không được thực hiện).',
    );
    expect(late.join(' ')).toContain('Khi cơ quan không thụ lý đúng hạn');
    expect(late.join(' ')).toContain('Vì đã quá hạn: khiếu nại được coi như bị từ chối');
  });

  it('names the days off that were left out', () => {
    const request = anEvent('filed', '2026-02-13', { request: 'copy' });
    const timeline = aTimeline([request], '2026-02-13');
    expect(said(timeline, 'VN-PD-1', 'vi')).toContain(
      'Không tính các ngày nghỉ: cuối tuần; Tết Nguyên đán (16/02/2026 đến 20/02/2026).',
    );
    expect(said(timeline, 'VN-PD-1', 'en')).toContain(
      'Days off that do not count: weekends; Tết (Lunar New Year) (16 February 2026 to 20 February 2026).',
    );
  });

  it('says that a suspended case has no date, since when, by which paper, and what is left', () => {
    const suspended = anEvent('suspended', '2026-08-20');
    const timeline = aTimeline(
      [anEvent('filed', '2026-08-03'), anEvent('accepted', '2026-08-10'), suspended],
      '2026-09-30',
    );
    expect(said(timeline, 'VN-KN-2', 'vi').slice(0, 5)).toEqual([
      'Ra quyết định giải quyết khiếu nại lần đầu: thời hạn đang tạm dừng, chưa có ngày cuối cùng.',
      'Đang tạm đình chỉ.',
      'Thời hạn là 30 ngày, tính từ ngày liền sau ngày 10/08/2026 (ngày thụ lý).',
      'Tạm đình chỉ từ ngày 20/08/2026 theo văn bản 12/QĐ-UBND. Lý do: vụ việc phức tạp.',
      'Khi tiếp tục giải quyết, thời hạn còn lại 20 ngày.',
    ]);
  });

  it('admits what is not sure: a number nobody checked, holidays nobody decided, a rule of our own', () => {
    const timeline = aTimeline([anEvent('filed', '2027-01-04')], '2027-03-15');
    expect(said(timeline, 'VN-KN-1', 'en').join(' ')).toContain('was not compared with the law itself');
    expect(said(timeline, 'VN-KN-1', 'en')).toContain(
      'The public holidays of that year are not decided yet, so this date may change.',
    );
    expect(said(timeline, 'LV-UP-1', 'vi')).toContain(
      'Căn cứ: Louver, P4. Đây là quy định của hệ thống, không phải của luật.',
    );
  });

  it('gives hours with their minute', () => {
    const timeline = aTimeline([anEvent('filed', '2025-12-30', { request: 'delete' })], '2025-12-31');
    expect(said(timeline, 'VN-PD13-1', 'vi').slice(0, 1)).toEqual([
      'Thực hiện yêu cầu về dữ liệu cá nhân: chậm nhất là 09:00, thứ Sáu, ngày 02/01/2026.',
    ]);
  });
});
