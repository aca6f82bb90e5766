// SPDX-License-Identifier: AGPL-3.0-or-later
import { inBothLanguages } from '../words.ts';

export const frameWords = inBothLanguages(
  {
    skip: 'Đến nội dung chính',
    brand: 'Camera của thành phố',
    pages: 'Các trang',
    nav: {
      cameras: 'Danh sách camera',
      myHome: 'Nhà tôi',
      complain: 'Khiếu nại',
      case: 'Theo dõi hồ sơ',
      figures: 'Con số',
    },
    language: { label: 'Ngôn ngữ', other: 'English' },
    foot: {
      record: 'Ai đã xem camera? Sổ truy cập',
      notices: 'Thông báo',
      data: 'Dữ liệu mở',
      staff: 'Dành cho người làm việc',
      privacy: 'Trang này không đặt cookie và không tải gì từ nơi khác.',
    },
    pager: {
      label: 'Các trang kết quả',
      previous: 'Trang trước',
      next: 'Trang sau',
      at: (page: string, pages: string) => `Trang ${page} trên ${pages}`,
    },
    errors: { title: 'Có chỗ cần sửa', prefix: 'Lỗi: ' },
    notFound: {
      title: 'Không có trang này',
      why: 'Địa chỉ có thể đã gõ nhầm, hoặc camera không còn trong sổ đăng ký công khai.',
      back: 'Về trang đầu',
      list: 'Xem danh sách camera',
    },
    failed: {
      title: 'Trang này đang gặp trục trặc',
      why: 'Lỗi ở phía chúng tôi, không phải ở bạn. Hãy thử lại sau ít phút.',
    },
  },
  {
    skip: 'Skip to the content',
    brand: 'The city’s cameras',
    pages: 'Pages',
    nav: {
      cameras: 'List of cameras',
      myHome: 'My home',
      complain: 'Complain',
      case: 'Follow a case',
      figures: 'In numbers',
    },
    language: { label: 'Language', other: 'Tiếng Việt' },
    foot: {
      record: 'Who looked through cameras? The access record',
      notices: 'Notices',
      data: 'Open data',
      staff: 'For those who work here',
      privacy: 'This page sets no cookies and loads nothing from anywhere else.',
    },
    pager: {
      label: 'Pages of results',
      previous: 'Previous page',
      next: 'Next page',
      at: (page: string, pages: string) => `Page ${page} of ${pages}`,
    },
    errors: { title: 'Something needs correcting', prefix: 'Error: ' },
    notFound: {
      title: 'There is no such page',
      why: 'The address may have a slip of the pen in it, or the camera is not in the public register any more.',
      back: 'To the first page',
      list: 'See the list of cameras',
    },
    failed: {
      title: 'This page is in trouble',
      why: 'The fault is ours, not yours. Please try again in a few minutes.',
    },
  },
);
