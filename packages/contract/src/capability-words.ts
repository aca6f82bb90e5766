// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Capability } from './camera.ts';

/**
 * What a device can do, in words. Here and not in the message files of the pages, because whoever declares it and whoever
 * reads it on the street must read the same: the console, the public pages and the printed sign all take it from here.
 */
export const capabilityWords = {
  vi: {
    microphone: 'Thu tiếng',
    speaker: 'Phát loa',
    infrared: 'Nhìn đêm bằng hồng ngoại',
    thermal: 'Ảnh nhiệt',
    zoom: 'Phóng to quang học',
    'motion-detection': 'Phát hiện chuyển động',
    'object-detection': 'Phân loại người, xe',
    'people-counting': 'Đếm người',
    'number-plates': 'Đọc biển số xe',
    'face-detection': 'Phát hiện có khuôn mặt',
    'face-recognition': 'Nhận dạng khuôn mặt',
    'gait-recognition': 'Nhận dạng dáng đi',
  },
  en: {
    microphone: 'Records sound',
    speaker: 'Loudspeaker',
    infrared: 'Sees at night (infrared)',
    thermal: 'Thermal image',
    zoom: 'Optical zoom',
    'motion-detection': 'Notices movement',
    'object-detection': 'Tells people from vehicles',
    'people-counting': 'Counts people',
    'number-plates': 'Reads number plates',
    'face-detection': 'Notices that there is a face',
    'face-recognition': 'Recognises faces',
    'gait-recognition': 'Recognises people by their walk',
  },
} as const satisfies Record<'vi' | 'en', Record<Capability, string>>;
