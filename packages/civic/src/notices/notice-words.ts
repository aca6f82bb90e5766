// SPDX-License-Identifier: AGPL-3.0-or-later
import { inBothLanguages } from '../words.ts';

export const noticeWords = inBothLanguages(
  {
    title: 'Thông báo',
    lead: 'Những điều thành phố phải báo cho người dân biết: camera dự kiến lắp, camera mới, đổi mục đích, và hạn trả lời đã qua.',
    none: 'Chưa có thông báo nào.',
    kind: {
      'camera-planned': 'Dự kiến lắp camera',
      'camera-new': 'Camera mới đi vào hoạt động',
      'camera-stopped': 'Camera ngừng hoạt động',
      'purpose-changed': 'Camera đổi mục đích',
      'clock-passed': 'Đã quá hạn trả lời khiếu nại',
    },
    camera: 'Camera',
    unnamed: 'Camera không công khai vị trí',
    holdsFrom: (date: string) => `Có hiệu lực từ ${date}.`,
    commentsUntil: (date: string) => `Góp ý đến hết ngày ${date}.`,
  },
  {
    title: 'Notices',
    lead: 'What the city has to tell people: cameras that are planned, cameras that are new, purposes that changed, and answers that are overdue.',
    none: 'There are no notices yet.',
    kind: {
      'camera-planned': 'A camera is planned',
      'camera-new': 'A new camera is at work',
      'camera-stopped': 'A camera has stopped',
      'purpose-changed': 'A camera has another purpose',
      'clock-passed': 'The answer to a complaint is overdue',
    },
    camera: 'Camera',
    unnamed: 'A camera whose place is not shown',
    holdsFrom: (date: string) => `Holds from ${date}.`,
    commentsUntil: (date: string) => `Open for comments until ${date}.`,
  },
);
