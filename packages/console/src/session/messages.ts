// SPDX-License-Identifier: AGPL-3.0-or-later
import { inBothLanguages } from '../messages/parity.ts';

export const sessionMessages = inBothLanguages(
  {
    question: 'Ai vào ca?',
    promise: 'Mỗi lượt xem đều có mục đích và được ghi sổ. Nhà dân luôn được che.',
    email: 'Thư điện tử',
    password: 'Mật khẩu',
    submit: 'Đăng nhập',
    publicPath: '/cong-dan',
    public: 'Camera nào nhìn vào nhà tôi? Trang cho người dân, không cần tài khoản',
    submitting: 'Đang kiểm tra…',
    wait: 'Đăng nhập sai nhiều lần. Chờ {{seconds}} giây rồi thử lại.',
    ended: 'Phiên làm việc trước đã hết. Đăng nhập lại để tiếp tục đúng chỗ đang làm.',
    emailMissing: 'Nhập địa chỉ thư điện tử, ví dụ ten@donvi.vn.',
    passwordMissing: 'Nhập mật khẩu.',
    unreachable: 'Máy chủ không trả lời. Kiểm tra mạng rồi thử lại.',
  },
  {
    question: 'Who is on duty?',
    promise: 'Every look has a purpose and is on the record. Homes stay covered.',
    email: 'E-mail',
    password: 'Password',
    submit: 'Sign in',
    publicPath: '/public',
    public: 'Which cameras can see my home? For everybody, no account needed',
    submitting: 'Checking…',
    wait: 'Too many wrong attempts. Wait {{seconds}} seconds, then try again.',
    ended: 'Your last session has ended. Sign in to continue where you were.',
    emailMissing: 'Enter your e-mail address, for example name@office.vn.',
    passwordMissing: 'Enter your password.',
    unreachable: 'The server does not answer. Check the network, then try again.',
  },
);
