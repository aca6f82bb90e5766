// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ComplaintKind } from '@louver/contract';

export interface Service {
  code: string;
  kind: ComplaintKind;
  name: string;
  description: string;
}

/** In the order in which they are offered. */
export const SERVICES: readonly Service[] = [
  {
    code: 'camera-faces-home',
    kind: 'faces-home',
    name: 'Camera nhìn vào nhà ở · A camera faces a home',
    description: 'Camera hướng vào cửa sổ, sân, ban công. A camera looks at windows, a yard, a balcony.',
  },
  {
    code: 'camera-unregistered',
    kind: 'not-registered',
    name: 'Camera chưa đăng ký · A camera that is not in the register',
    description:
      'Camera ở nơi công cộng không có trong danh mục. A camera in a public place that the register does not show.',
  },
  {
    code: 'camera-no-sign',
    kind: 'no-sign',
    name: 'Camera không có biển báo · A camera without a sign',
    description: 'Nơi lắp camera không có biển báo. Nobody is told that they are recorded.',
  },
  {
    code: 'footage-access',
    kind: 'footage-access',
    name: 'Xin xem hình ảnh của mình · Access to footage of oneself',
    description: 'Cần họ tên người yêu cầu. Needs the name of whoever asks.',
  },
  {
    code: 'footage-misuse',
    kind: 'footage-misuse',
    name: 'Hình ảnh bị dùng sai mục đích · Footage was misused',
    description: 'Hình ảnh bị phát tán hoặc dùng sai mục đích. Footage was passed on or used for something else.',
  },
  {
    code: 'camera-fault',
    kind: 'camera-fault',
    name: 'Camera hỏng · A broken camera',
    description: 'Camera hỏng, rơi, lệch. A camera is broken, hangs loose or has turned.',
  },
  {
    code: 'camera-planned',
    kind: 'planned-camera',
    name: 'Ý kiến về camera sắp lắp · About a planned camera',
    description: 'Ý kiến về camera đã công bố và chưa hoạt động. About a camera that was announced and is not live.',
  },
];

export const serviceOf = (code: string): Service | undefined => SERVICES.find((service) => service.code === code);
export const serviceOfKind = (kind: string): Service => SERVICES.find((service) => service.kind === kind)!;
