// SPDX-License-Identifier: AGPL-3.0-or-later
import { inBothLanguages } from '../messages/parity.ts';

/** Nested by noun and verb, because a dot in a message's key is a step into the tree. */
export const actionWords = inBothLanguages(
  {
    session: { open: 'Đăng nhập', close: 'Đăng xuất', refuse: 'Từ chối đăng nhập' },
    camera: {
      read: 'Xem danh mục camera',
      create: 'Thêm camera',
      update: 'Sửa thông tin camera',
      import: 'Nhập camera',
    },
    building: { import: 'Nhập nhà, công trình' },
    street: { import: 'Nhập đường phố' },
    area: { import: 'Nhập vùng nền bản đồ' },
    jurisdiction: { import: 'Nhập địa bàn' },
    stream: { update: 'Đổi nguồn hình' },
    aim: { create: 'Thêm hướng ngắm', change: 'Đổi hướng ngắm' },
    mask: {
      read: 'Xem bộ che',
      propose: 'Đề xuất bộ che',
      approve: 'Duyệt bộ che',
      reject: 'Bác bộ che',
      activate: 'Áp dụng bộ che',
    },
    viewing: { open: 'Mở lượt xem', close: 'Kết thúc lượt xem', refuse: 'Từ chối lượt xem' },
    record: { read: 'Đọc sổ' },
    account: { grant: 'Cấp tài khoản', revoke: 'Thu hồi tài khoản' },
  },
  {
    session: { open: 'Signed in', close: 'Signed out', refuse: 'Sign-in refused' },
    camera: { read: 'Read the cameras', create: 'Camera added', update: 'Camera changed', import: 'Cameras imported' },
    building: { import: 'Buildings imported' },
    street: { import: 'Streets imported' },
    area: { import: 'Map areas imported' },
    jurisdiction: { import: 'Jurisdictions imported' },
    stream: { update: 'Stream source changed' },
    aim: { create: 'Aim added', change: 'Aim changed' },
    mask: {
      read: 'Read the masks',
      propose: 'Masks proposed',
      approve: 'Masks approved',
      reject: 'Masks rejected',
      activate: 'Masks took effect',
    },
    viewing: { open: 'Viewing opened', close: 'Viewing ended', refuse: 'Viewing refused' },
    record: { read: 'Read the record' },
    account: { grant: 'Account granted', revoke: 'Account stopped' },
  },
);
