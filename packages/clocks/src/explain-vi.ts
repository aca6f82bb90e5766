// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Phrases } from './explain-phrases.ts';
import { daysBetween, type LocalDate, weekdayOf } from './local-date.ts';

const WEEKDAYS = ['Chủ nhật', 'thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy'];
const UNITS = { calendar: 'ngày', working: 'ngày làm việc', hours: 'giờ', years: 'năm' };
const CONFIDENCE = {
  verified: '',
  secondary: ' Số liệu lấy từ tài liệu trích dẫn, chưa đối chiếu với văn bản gốc.',
  memory: ' Số liệu này chưa được đối chiếu với văn bản luật.',
  project: ' Đây là quy định của hệ thống, không phải của luật.',
};

const short = (date: LocalDate) => date.split('-').toReversed().join('/');
const span = (from: LocalDate, to: LocalDate) => (from === to ? short(from) : `${short(from)} đến ${short(to)}`);

/** Clauses are named before their article. */
function articleOf(article: string): string {
  const [number, clause] = article.split('.');
  return clause === undefined ? `Điều ${number}` : `khoản ${clause} Điều ${number}`;
}

export const vietnamese: Phrases = {
  date: (date) => `${WEEKDAYS[weekdayOf(date)]}, ngày ${short(date)}`,
  title(name, due, time) {
    if (due === null) return `${name}: thời hạn đang tạm dừng, chưa có ngày cuối cùng.`;
    return time === null ? `${name}: chậm nhất là ${due}.` : `${name}: chậm nhất là ${time}, ${due}.`;
  },
  period: (amount, unit, start, because) =>
    unit === 'hours'
      ? `Thời hạn là ${amount} giờ, tính từ thời điểm tiếp nhận, ngày ${short(start)}.`
      : `Thời hạn là ${amount} ${UNITS[unit]}, tính từ ngày liền sau ngày ${short(start)} (${because}).`,
  startEvent: {
    filed: 'ngày nhận đơn',
    acknowledged: 'ngày xác nhận đã nhận đơn',
    accepted: 'ngày thụ lý',
    refused: 'ngày từ chối thụ lý',
    extended: 'ngày gia hạn',
    suspended: 'ngày tạm đình chỉ',
    resumed: 'ngày tiếp tục giải quyết',
    decided: 'ngày ra quyết định',
    sent: 'ngày người khiếu nại nhận được quyết định',
    appealed: 'ngày nhận đơn khiếu nại lần hai',
    'second-accepted': 'ngày thụ lý lần hai',
    'second-refused': 'ngày từ chối thụ lý lần hai',
    'second-decided': 'ngày ra quyết định lần hai',
    'second-sent': 'ngày người khiếu nại nhận được quyết định lần hai',
    'taken-over': 'ngày cơ quan giám sát nhận vụ việc',
    fixed: 'ngày khắc phục xong',
    withdrawn: 'ngày rút đơn',
  },
  startClock: (name) => `ngày hết hạn «${name}» mà không được thực hiện`,
  remote: 'Đây là thời hạn dành cho vùng sâu, vùng xa, đi lại khó khăn.',
  throughProcessor: 'Đây là thời hạn khi dữ liệu do bên xử lý nắm giữ.',
  extended: (amount, unit, document, reason) =>
    `Được gia hạn thêm ${amount} ${UNITS[unit]} theo văn bản ${document}. Lý do: ${reason}.`,
  suspended: (from, until, document, reason) =>
    until === null
      ? `Tạm đình chỉ từ ngày ${short(from)} theo văn bản ${document}. Lý do: ${reason}.`
      : `Tạm đình chỉ từ ngày ${short(from)} đến ngày ${short(until)} theo văn bản ${document}, những ngày này không tính vào thời hạn. Lý do: ${reason}.`,
  left: (days, unit) => `Khi tiếp tục giải quyết, thời hạn còn lại ${days} ${UNITS[unit]}.`,
  skipped(weekends, holidays) {
    const named = holidays.map(({ name, from, to }) => `${name} (${span(from, to)})`);
    return `Không tính các ngày nghỉ: ${[...(weekends ? ['cuối tuần'] : []), ...named].join('; ')}.`;
  },
  rolled: (last, name, due) =>
    `Ngày cuối của thời hạn, ${short(last)}, là ngày nghỉ (${name}) nên thời hạn kéo dài đến hết ngày làm việc tiếp theo, ${short(due)}.`,
  state({ state, rule, daysLeft, daysLate, lateSince, closedOn, due }) {
    if (state === 'met' && closedOn !== null)
      return lateSince === null
        ? `Đã thực hiện ngày ${short(closedOn)}, đúng hạn.`
        : `Đã thực hiện ngày ${short(closedOn)}, trễ ${due === null ? 0 : daysBetween(due, closedOn)} ngày.`;
    if (state === 'late')
      return `Đã quá hạn ${daysLate} ngày, kể từ ngày ${lateSince === null ? '' : short(lateSince)}.`;
    if (state === 'lapsed') return 'Thời hạn này đã hết.';
    if (state === 'stopped') return 'Thời hạn này không còn áp dụng.';
    if (state === 'paused') return 'Đang tạm đình chỉ.';
    const who = rule.binds === 'complainant' ? 'Bạn còn' : 'Còn';
    return daysLeft === 0 ? 'Hôm nay là ngày cuối cùng.' : `${who} ${daysLeft} ngày.`;
  },
  ifPassed: (what) => `Nếu quá hạn: ${what.join('; ')}.`,
  asPassed: (what) => `Vì đã quá hạn: ${what.join('; ')}.`,
  consequence: {
    alarm: 'hệ thống báo động',
    'deemed-refused': 'khiếu nại được coi như bị từ chối',
    'second-level-opens': 'bạn có quyền khiếu nại lần hai',
    'court-opens': 'bạn có quyền khởi kiện tại Tòa án',
    'superior-notified': 'cơ quan cấp trên được thông báo',
    'oversight-notified': 'cơ quan giám sát được thông báo',
    'oversight-takes-over': 'vụ việc được chuyển đến cơ quan giám sát',
    'authority-complaint-opens': 'bạn có quyền khiếu nại đến cơ quan bảo vệ dữ liệu cá nhân',
    'counted-as-missed': 'con số công khai về các lần trễ hạn tăng thêm một',
    'window-closes': 'bạn không còn thực hiện được quyền này, trừ khi có trở ngại khách quan',
  },
  source: ({ law, article, confidence }) =>
    `Căn cứ: ${confidence === 'project' ? `${law.vi}, ${article}` : `${articleOf(article)} ${law.vi}`}.${CONFIDENCE[confidence]}`,
  provisional: 'Nhà nước chưa công bố lịch nghỉ lễ của năm này nên ngày trên có thể thay đổi.',
};
