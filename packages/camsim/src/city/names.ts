// SPDX-License-Identifier: AGPL-3.0-or-later
// Invented names. None is a person's, and none is a street of the town whose coordinates the district borrows.

export const ROW_NAMES: readonly string[] = [
  'Đường Bờ Suối',
  'Đường Bến Gió',
  'Đường Mây Trắng',
  'Đại lộ Hoa Sữa',
  'Đường Nắng Mai',
  'Đường Lưng Đồi',
  'Đường Thông Reo',
];

export const COLUMN_NAMES: readonly string[] = [
  'Đường Rẫy Cũ',
  'Đường Cà Phê',
  'Đường Chợ Mai',
  'Đường Sao Khuê',
  'Đại lộ Gió Ngàn',
  'Đường Đất Đỏ',
  'Đường Hồ Gương',
  'Đường Bằng Lăng',
  'Đường Chuông Chiều',
  'Đường Cuối Phố',
];

export const ALLEY_NAMES: readonly string[] = [
  'Hoa Giấy',
  'Giếng Làng',
  'Cây Bơ',
  'Lá Me',
  'Mái Ngói',
  'Vườn Tiêu',
  'Ong Mật',
  'Đá Cuội',
  'Trăng Non',
  'Hạt Dẻ',
  'Cỏ Lau',
  'Sương Sớm',
  'Chim Ri',
  'Bồ Kết',
  'Nước Trong',
  'Gốc Đa',
  'Hàng Cau',
  'Dã Quỳ',
];

export const WARDS = [
  { key: 'hoa_sua', prefix: 'HS', name: 'Phường Hoa Sữa', nameEn: 'Hoa Sua Ward', jurisdiction: 'vn.p66.hoa_sua' },
  { key: 'ben_gio', prefix: 'BG', name: 'Phường Bến Gió', nameEn: 'Ben Gio Ward', jurisdiction: 'vn.p66.ben_gio' },
  {
    key: 'doi_thong',
    prefix: 'DT',
    name: 'Phường Đồi Thông',
    nameEn: 'Doi Thong Ward',
    jurisdiction: 'vn.p66.doi_thong',
  },
] as const;

export type WardKey = (typeof WARDS)[number]['key'];
