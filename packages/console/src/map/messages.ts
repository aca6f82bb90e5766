// SPDX-License-Identifier: AGPL-3.0-or-later
import { inBothLanguages } from '../messages/parity.ts';

export const mapMessages = inBothLanguages(
  {
    title: 'Bản đồ camera',
    label: 'Bản đồ camera. Danh sách bên trái có cùng các camera này và dùng được bằng bàn phím.',
    zoomIn: 'Phóng to',
    zoomOut: 'Thu nhỏ',
    fit: 'Xem toàn địa bàn',
    loading: 'Đang tải camera lên bản đồ',
    lost: 'Không tải được camera lên bản đồ',
    cluster_other: '{{count, number}} camera. Bấm để mở.',
    clusterTrouble_other: '{{count, number}} mất tín hiệu hoặc giữ hình',
    rail: 'Bộ lọc và danh sách',
    showMap: 'Bản đồ',
    showList: 'Danh sách',
    scale: '{{metres}} m',
  },
  {
    title: 'Camera map',
    label: 'Map of cameras. The list on the left has the same cameras and works with the keyboard.',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    fit: 'See the whole area',
    loading: 'Loading cameras onto the map',
    lost: 'The cameras could not be loaded onto the map',
    cluster_one: '{{count}} camera. Click to open.',
    cluster_other: '{{count, number}} cameras. Click to open.',
    clusterTrouble_one: '{{count}} without signal or withheld',
    clusterTrouble_other: '{{count, number}} without signal or withheld',
    rail: 'Filters and list',
    showMap: 'Map',
    showList: 'List',
    scale: '{{metres}} m',
  },
);
