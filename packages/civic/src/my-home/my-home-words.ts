// SPDX-License-Identifier: AGPL-3.0-or-later
import { inBothLanguages } from '../words.ts';

export const myHomeWords = inBothLanguages(
  {
    title: 'Camera nào thấy nhà tôi?',
    lead: 'Chọn phường, xã của bạn. Sau đó bạn chạm vào nhà mình trên bản đồ.',
    wards: 'Phường, xã',
    titleIn: (ward: string) => `Camera nào thấy nhà tôi ở ${ward}?`,
    private: {
      title: 'Địa chỉ của bạn không rời khỏi máy này',
      why: (ward: string) =>
        `Trang tải một lần bản đồ của cả ${ward}, kèm mọi nhà ở trong đó và camera nào thấy từng nhà. Sau đó không tải gì nữa: bạn phóng to, kéo đi hay chạm vào nhà nào, máy chủ không biết. Máy chủ chỉ biết có người đã mở trang của ${ward}.`,
    },
    tap: 'Phóng to rồi chạm vào nhà mình.',
    keys: 'Dùng bàn phím: bấm vào bản đồ bằng phím Tab, di chuyển bằng phím mũi tên, phóng to bằng phím +, rồi bấm Enter để chọn nhà ở giữa bản đồ.',
    loading: 'Đang tải bản đồ của phường, xã…',
    failed: 'Không tải được bản đồ. Danh sách camera bên dưới vẫn xem được.',
    withoutScript: {
      title: 'Cần JavaScript để trả lời cho từng nhà',
      why: 'Câu trả lời được tính trên máy của bạn để địa chỉ không phải gửi đi. Trình duyệt này tắt JavaScript, nên ở đây là danh sách camera của cả phường, xã. Bạn cũng có thể hỏi trực tiếp tại trụ sở.',
    },
    answer: {
      none: 'Không camera nào đã ghi sổ thấy được nhà này.',
      some: (count: number) => `${count} camera thấy được nhà này.`,
      counted: (count: number) =>
        `Ngoài ra có ${count} camera chỉ công khai số lượng có thể thấy nhà này. Vị trí không công bố; bạn vẫn khiếu nại được.`,
      onlyCounted: (count: number) =>
        `${count} camera chỉ công khai số lượng có thể thấy nhà này. Vị trí không công bố; bạn vẫn khiếu nại được.`,
      away: (metres: string) => `cách khoảng ${metres} m`,
      planned: 'dự kiến lắp, chưa hoạt động',
      masks: 'Đây là điều camera có thể thấy khi chưa che. Phần đang bị che xem ở trang của camera.',
      complain: 'Khiếu nại',
      nothing: 'Chỗ này không có nhà ở nào. Hãy chạm vào một ngôi nhà.',
      how: {
        detect: 'Thấy có người ở đó, không biết là ai.',
        observe: 'Thấy dáng người, quần áo, đang làm gì.',
        recognise: 'Người quen nhìn hình sẽ nhận ra bạn.',
        identify: 'Đủ rõ để nhận ra một người chưa từng gặp.',
      },
    },
    list: (ward: string) => `Camera ở ${ward}`,
    counted: (count: string) => `Và ${count} camera chỉ công khai số lượng.`,
    whole: 'Tìm trong cả danh sách',
    unregistered: 'Có camera chĩa vào nhà mà không có ở đây? Hãy báo.',
  },
  {
    title: 'Which cameras can see my home?',
    lead: 'Choose your ward. Then tap your home on the map.',
    wards: 'Wards',
    titleIn: (ward: string) => `Which cameras can see my home in ${ward}?`,
    private: {
      title: 'Your address does not leave this device',
      why: (ward: string) =>
        `This page loads the map of the whole of ${ward} once, with every home in it and which cameras can see each. After that it loads nothing: where you zoom, where you go and which home you tap, the server does not know. All that it knows is that somebody opened the page of ${ward}.`,
    },
    tap: 'Zoom in and tap your home.',
    keys: 'With a keyboard: reach the map with Tab, move with the arrow keys, zoom with +, and press Enter to choose the home in its middle.',
    loading: 'Loading the map of the ward…',
    failed: 'The map could not be loaded. The list of cameras below can still be read.',
    withoutScript: {
      title: 'An answer for one home needs JavaScript',
      why: 'It is worked out on your own device, so that your address need not be sent. JavaScript is off in this browser, so here are all the cameras of the ward. You can also ask at the ward’s office.',
    },
    answer: {
      none: 'No registered camera can see this home.',
      some: (count: number) => (count === 1 ? '1 camera can see this home.' : `${count} cameras can see this home.`),
      counted: (count: number) =>
        `Besides, ${count === 1 ? 'one camera' : `${count} cameras`} of which only the number is told may see this home. Where they are is not published; you can complain all the same.`,
      onlyCounted: (count: number) =>
        `${count === 1 ? 'One camera' : `${count} cameras`} of which only the number is told may see this home. Where they are is not published; you can complain all the same.`,
      away: (metres: string) => `about ${metres} m away`,
      planned: 'planned, not at work yet',
      masks: 'This is what a camera could see with nothing covered. What is covered now is on the page of the camera.',
      complain: 'Complain',
      nothing: 'There is no home here. Tap a house.',
      how: {
        detect: 'It can tell that somebody is there, not who.',
        observe: 'It shows how somebody looks, what they wear and do.',
        recognise: 'Whoever knows you would recognise you.',
        identify: 'Clear enough to identify somebody never met before.',
      },
    },
    list: (ward: string) => `Cameras in ${ward}`,
    counted: (count: string) => `And ${count} of which only the number is told.`,
    whole: 'Search the whole list',
    unregistered: 'A camera faces your home and is not here? Report it.',
  },
);
