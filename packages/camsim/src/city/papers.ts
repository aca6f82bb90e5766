// SPDX-License-Identifier: AGPL-3.0-or-later
// What the register says of a camera, by the kind of place it stands at.
import type { SpotKind } from './spots.ts';

type HostPremises =
  | 'public-pole'
  | 'traffic-gantry'
  | 'police-building'
  | 'public-building'
  | 'school'
  | 'market'
  | 'private-house'
  | 'private-business'
  | 'other';

export interface Papers {
  readonly owner: string;
  readonly operator: string;
  readonly hostPremises: HostPremises;
  readonly purpose: string;
  readonly legalBasis: string | null;
  readonly retentionDays: number;
  readonly publication: 'shown' | 'counted';
}

const PERSONAL_DATA = 'Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15';
const TRAFFIC = 'Luật Trật tự, an toàn giao thông đường bộ số 36/2024/QH15';
const CENTRE = 'Trung tâm điều hành thông minh';
const COMMITTEE = 'UBND {ward}';
const POLICE = 'Công an {ward}';
const ORDER = 'Giữ gìn an ninh, trật tự nơi công cộng';

type Entry = readonly [
  owner: string,
  operator: string,
  hostPremises: HostPremises,
  purpose: string,
  legalBasis: string | null,
  retentionDays: number,
  publication: Papers['publication'],
];

const ENTRIES: Record<SpotKind, Entry> = {
  junction: [COMMITTEE, CENTRE, 'traffic-gantry', 'Điều tiết giao thông, xử lý ùn tắc', TRAFFIC, 30, 'shown'],
  road: [COMMITTEE, CENTRE, 'public-pole', 'Giám sát an toàn giao thông', TRAFFIC, 30, 'shown'],
  alley: [COMMITTEE, POLICE, 'public-pole', ORDER, PERSONAL_DATA, 15, 'shown'],
  park: [COMMITTEE, CENTRE, 'public-pole', ORDER, PERSONAL_DATA, 15, 'shown'],
  school: ['Trường học {ward}', POLICE, 'school', 'Bảo vệ học sinh ở cổng trường', PERSONAL_DATA, 30, 'shown'],
  market: ['Ban quản lý Chợ Mai', CENTRE, 'market', 'Phòng cháy và chống trộm cắp', PERSONAL_DATA, 30, 'shown'],
  hospital: [
    'Bệnh viện Suối Gió',
    'Bệnh viện Suối Gió',
    'public-building',
    'Bảo vệ cơ sở y tế',
    PERSONAL_DATA,
    15,
    'shown',
  ],
  office: [COMMITTEE, COMMITTEE, 'public-building', 'Bảo vệ trụ sở, tiếp công dân', PERSONAL_DATA, 30, 'shown'],
  police: [POLICE, POLICE, 'police-building', 'Bảo vệ trụ sở', PERSONAL_DATA, 30, 'counted'],
  worship: [
    'Ban trị sự chùa Đồi Thông',
    'Ban trị sự chùa Đồi Thông',
    'other',
    'Phòng chống trộm cắp',
    PERSONAL_DATA,
    7,
    'shown',
  ],
  apartments: [
    'Ban quản trị chung cư Cà Phê',
    'Ban quản trị chung cư Cà Phê',
    'private-business',
    'Bảo vệ lối ra vào',
    PERSONAL_DATA,
    7,
    'shown',
  ],
  warehouse: [
    'Công ty Kho vận Rẫy Cũ',
    'Công ty Kho vận Rẫy Cũ',
    'private-business',
    'Bảo vệ hàng hóa',
    PERSONAL_DATA,
    15,
    'shown',
  ],
  shop: ['Hộ kinh doanh', 'Hộ kinh doanh', 'private-business', 'Bảo vệ cửa hàng', PERSONAL_DATA, 7, 'counted'],
  // No legal basis on file: a gap that the register is there to show.
  porch: ['Hộ gia đình', POLICE, 'private-house', 'Hộ dân chia sẻ hình ảnh an ninh', null, 7, 'counted'],
};

/** `ward` is the ward's full name. */
export function papersOf(kind: SpotKind, ward: string): Papers {
  const [owner, operator, hostPremises, purpose, legalBasis, retentionDays, publication] = ENTRIES[kind];
  const named = (text: string): string => text.replace('{ward}', ward);
  return {
    owner: named(owner),
    operator: named(operator),
    hostPremises,
    purpose,
    legalBasis,
    retentionDays,
    publication,
  };
}
