// SPDX-License-Identifier: AGPL-3.0-or-later
import { capabilityWords } from '@louver/contract';
import { inBothLanguages } from '../../messages/parity.ts';

export const publicMessages = inBothLanguages(
  {
    title: 'Nói với người dân',
    why: 'Hiện trên trang công khai và trên biển báo của camera. Camera chỉ tính vào số liệu thì không hiện, nhưng vẫn phải khai đúng.',
    capabilities: 'Thiết bị làm được gì',
    capabilitiesWhy: 'Khai mọi chức năng máy có, kể cả chức năng không dùng.',
    capability: capabilityWords.vi,
    biometric: 'Sinh trắc học: người dân thấy cảnh báo riêng.',
    contact: 'Liên hệ',
    contactHint: 'Của cơ quan, không phải của cá nhân: phòng ban, điện thoại, thư điện tử chung.',
    storageCountry: 'Nước lưu dữ liệu',
    storageCountryHint: 'Hai chữ cái, ví dụ VN. Để trống nếu chưa biết.',
    save: 'Lưu phần công khai',
    wrong: {
      capabilities: 'Chọn trong danh sách.',
      contact: 'Tối đa 300 ký tự.',
      storageCountry: 'Cần mã nước hai chữ cái, ví dụ VN, hoặc để trống.',
    },
  },
  {
    title: 'What the public is told',
    why: 'It is on the public page and on the sign of the camera. A camera that is only counted has neither, and is declared truly all the same.',
    capabilities: 'What the device can do',
    capabilitiesWhy: 'Everything it is able to do, also what nobody uses.',
    capability: capabilityWords.en,
    biometric: 'Biometric: the public sees a note of its own.',
    contact: 'Contact',
    contactHint: 'Of an office, never of a person: department, telephone, shared e-mail.',
    storageCountry: 'Country where data is kept',
    storageCountryHint: 'Two letters, for example VN. Leave empty if not known.',
    save: 'Save what the public is told',
    wrong: {
      capabilities: 'Choose from the list.',
      contact: 'At most 300 characters.',
      storageCountry: 'Takes a country as two letters, for example VN, or nothing.',
    },
  },
);
