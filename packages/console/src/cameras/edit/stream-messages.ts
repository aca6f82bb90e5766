// SPDX-License-Identifier: AGPL-3.0-or-later
import { inBothLanguages } from '../../messages/parity.ts';

export const streamMessages = inBothLanguages(
  {
    title: 'Luồng',
    why: 'Máy chủ hình lấy luồng của camera ở địa chỉ này.',
    sealedWhy:
      'Địa chỉ, tên và mật khẩu được niêm phong ngay khi lưu. Sau đó không ai đọc lại được ở đây, kể cả bạn; chỉ có thể thay hoặc xóa.',
    set: 'Đã có luồng, đã niêm phong',
    none: 'Chưa có luồng',
    replace: 'Thay luồng',
    forget: 'Xóa luồng',
    forgetTitle: 'Xóa luồng của {{code}}?',
    forgetWhy: 'Camera ngừng cho hình ngay. Muốn có hình lại thì phải nhập lại địa chỉ và mật khẩu.',
    keep: 'Giữ lại',
    cancel: 'Thôi, không thay',
    url: 'Địa chỉ RTSP',
    urlHint: 'Ví dụ rtsp://10.0.0.7:554/1. Nếu dán cả tên và mật khẩu, chúng sẽ được tách xuống hai ô dưới.',
    username: 'Tên đăng nhập',
    password: 'Mật khẩu',
    passwordHint: 'Không hiện lại sau khi lưu.',
    save: 'Niêm phong và lưu',
    saved: 'Đã niêm phong và ghi sổ.',
    forgotten: 'Đã xóa luồng và ghi sổ.',
    wrong: {
      url: 'Cần địa chỉ rtsp:// hoặc rtsps://, không có dấu cách, không kèm tên hay mật khẩu.',
      username: 'Tối đa 128 ký tự, không có dấu cách, dấu nháy, : @ / \\',
      password: 'Tối đa 256 ký tự, không có dấu nháy đơn hay \\',
    },
  },
  {
    title: 'Stream',
    why: 'Where the media server fetches the pictures of the camera.',
    sealedWhy:
      'Address, user and password are sealed as soon as they are saved. After that nobody can read them here, not even you; they can only be replaced or forgotten.',
    set: 'A stream is set and sealed',
    none: 'No stream is set',
    replace: 'Replace the stream',
    forget: 'Forget the stream',
    forgetTitle: 'Forget the stream of {{code}}?',
    forgetWhy: 'The camera stops giving a picture at once. To get it back, address and password must be typed again.',
    keep: 'Keep it',
    cancel: 'Do not replace',
    url: 'RTSP address',
    urlHint: 'For example rtsp://10.0.0.7:554/1. User and password in a pasted address go into the fields below.',
    username: 'User',
    password: 'Password',
    passwordHint: 'Not shown again once saved.',
    save: 'Seal and save',
    saved: 'Sealed and put on the record.',
    forgotten: 'The stream is forgotten; that is on the record.',
    wrong: {
      url: 'Takes an rtsp:// or rtsps:// address without spaces, user or password.',
      username: 'At most 128 characters, without spaces, quotes or : @ / \\',
      password: 'At most 256 characters, without apostrophe or \\',
    },
  },
);
