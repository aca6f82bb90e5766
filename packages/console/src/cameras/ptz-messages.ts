// SPDX-License-Identifier: AGPL-3.0-or-later
import { inBothLanguages } from '../messages/parity.ts';

export const ptzMessages = inBothLanguages(
  {
    still: 'Camera quay được, đang dừng ở hướng “{{aim}}”.',
    moving: 'Camera đang quay. Không ai xem được hình cho đến khi camera dừng ở một hướng đã duyệt.',
    unknown: 'Camera quay được; chưa rõ đang nhìn về đâu, nên không có hình.',
    reason: {
      'not-watched': 'Hiện không ai xem nên hệ thống không hỏi camera.',
      'no-aim': 'Camera đang dừng ở nơi chưa khai báo hướng ngắm.',
      'status-unknown': 'Thiết bị không cho biết vị trí hoặc không cho biết có đang quay hay không.',
      'device-silent': 'Thiết bị không trả lời.',
      'no-device': 'Chưa khai báo địa chỉ thiết bị.',
    },
    ofPreset: 'Vị trí đặt sẵn: {{preset}}',
    here: 'đang nhìn hướng này',
    field: 'Vị trí đặt sẵn của camera quay',
    fieldHint: 'Mỗi vị trí đặt sẵn có vùng che riêng. Vùng che chỉ dùng khi camera dừng đúng vị trí đó.',
    none: 'Không (camera cố định)',
    newPlace: '{{preset}} (vị trí mới lưu trên thiết bị)',
    retire: 'Thôi dùng hướng này',
    retireTitle: 'Thôi dùng hướng ngắm “{{aim}}”?',
    retireWhy:
      'Vùng che của hướng này hết hiệu lực và camera không còn cho hình ở đó. Việc này được ghi sổ và không đảo lại được.',
    keep: 'Giữ lại',
  },
  {
    still: 'This camera turns; it stands at “{{aim}}”.',
    moving: 'The camera is turning. Nobody sees a picture until it stands at an approved aim.',
    unknown: 'This camera turns; it is not known where it looks, so there is no picture.',
    reason: {
      'not-watched': 'Nobody is watching, so nobody asks the camera.',
      'no-aim': 'It stands where no aim is registered.',
      'status-unknown': 'The device does not say where it stands, or whether it moves.',
      'device-silent': 'The device does not answer.',
      'no-device': 'No device address is registered.',
    },
    ofPreset: 'Preset: {{preset}}',
    here: 'it looks here now',
    field: 'Preset of a camera that turns',
    fieldHint: 'Each preset has masks of its own. They hold only while the camera stands exactly there.',
    none: 'None (fixed camera)',
    newPlace: '{{preset}} (stored elsewhere on the device since)',
    retire: 'Retire this aim',
    retireTitle: 'Retire the aim “{{aim}}”?',
    retireWhy:
      'Its masks lose their force and the camera shows nothing there any more. It goes on the record and cannot be undone.',
    keep: 'Keep it',
  },
);
