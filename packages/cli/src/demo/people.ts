// SPDX-License-Identifier: AGPL-3.0-or-later
// Who works in the demo city. Invented names.
import { JurisdictionPath } from '@louver/contract';
import type { AccountRequest } from '../accounts.ts';

const person = (role: AccountRequest['role'], user: string, name: string, path: string): AccountRequest => ({
  role,
  email: `${user}@louver.example`,
  name,
  jurisdictions: [JurisdictionPath.parse(path)],
});

/** Of the province: the wards of the demo have their complaints answered there, and its superior is the country's. */
export const OFFICER_OF_WARDS = 'officer@louver.example';

/** One per role first, so that whoever takes the first of a role gets the one with the widest view. */
export const DEMO_PEOPLE: readonly AccountRequest[] = [
  person('operator', 'operator', 'Nguyễn Thị Lan', 'vn.p66'),
  person('supervisor', 'supervisor', 'Trần Văn Minh', 'vn'),
  person('reviewer', 'reviewer', 'Lê Thị Hạnh', 'vn'),
  person('officer', 'officer', 'Phạm Quốc Bảo', 'vn.p66'),
  person('auditor', 'auditor', 'Hoàng Thu Trang', 'vn'),
  person('custodian', 'custodian', 'Vũ Đức Long', 'vn'),
  person('administrator', 'administrator', 'Đặng Anh Tuấn', 'vn'),
  person('operator', 'operator2', 'Bùi Thanh Tùng', 'vn.p66'),
  person('operator', 'hoasua', 'Ngô Thị Mai', 'vn.p66.hoa_sua'),
  // What uncovers a home, or says that a camera still sees the same, takes two.
  person('reviewer', 'reviewer2', 'Đinh Văn Khoa', 'vn'),
  person('officer', 'hoasua.officer', 'Đỗ Thị Thu', 'vn.p66.hoa_sua'),
  person('officer', 'country.officer', 'Lý Văn Sơn', 'vn'),
];
