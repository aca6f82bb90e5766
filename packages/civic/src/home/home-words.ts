// SPDX-License-Identifier: AGPL-3.0-or-later
import { inBothLanguages } from '../words.ts';

export const homeWords = inBothLanguages(
  {
    title: 'Camera nào nhìn vào nhà tôi?',
    lead: 'Ai cũng có quyền biết camera nào của thành phố nhìn thấy nhà mình, ai chịu trách nhiệm, và hình được giữ bao lâu. Không cần tài khoản.',
    check: {
      title: 'Xem camera nào thấy nhà tôi',
      why: 'Chạm vào nhà mình trên bản đồ. Câu trả lời được tính ngay trên máy của bạn: địa chỉ không gửi đi đâu cả.',
    },
    list: {
      title: 'Danh sách camera',
      why: 'Mỗi camera một trang: đơn vị vận hành, mục đích, căn cứ pháp lý, thời gian lưu, phần hình đã che.',
    },
    complain: {
      title: 'Khiếu nại',
      why: 'Camera chĩa vào nhà, không có biển báo, không có trong danh sách, hay muốn xem lại hình của mình.',
    },
    case: {
      title: 'Theo dõi hồ sơ',
      why: 'Nhập mã hồ sơ để biết đơn đang ở đâu và hạn trả lời là ngày nào.',
    },
    numbers: {
      title: 'Hiện có trong sổ đăng ký',
      shown: 'camera công khai vị trí',
      counted: 'camera chỉ công khai số lượng',
      planned: 'camera dự kiến lắp',
      why: 'Camera chỉ công khai số lượng vẫn phải ghi sổ, vẫn bị kiểm tra, và bạn vẫn có thể khiếu nại; chỉ vị trí không được công bố.',
      all: 'Tất cả các con số: mục đích, chủ sở hữu, lượt xem, hạn bị bỏ lỡ',
    },
    told: 'Thông báo mới',
    allTold: 'Tất cả thông báo',
  },
  {
    title: 'Which cameras can see my home?',
    lead: 'Everybody may know which of the city’s cameras can see their home, who answers for them, and how long footage is kept. No account needed.',
    check: {
      title: 'See which cameras can see my home',
      why: 'Tap your home on the map. The answer is worked out on your own device: your address is not sent anywhere.',
    },
    list: {
      title: 'List of cameras',
      why: 'A page for each: who runs it, what for, on which legal basis, how long it keeps footage, what is covered.',
    },
    complain: {
      title: 'Complain',
      why: 'A camera faces your home, has no sign, is not in the list, or you want to see footage of yourself.',
    },
    case: {
      title: 'Follow a case',
      why: 'Enter your case code to see where your case is, and by which date it has to be answered.',
    },
    numbers: {
      title: 'In the register today',
      shown: 'cameras whose place is shown',
      counted: 'cameras of which only the number is told',
      planned: 'cameras that are planned',
      why: 'Those of which only the number is told are on the record and audited like the others, and you can complain about them; only their place is not published.',
      all: 'All numbers: purposes, owners, looks, dates missed',
    },
    told: 'Latest notices',
    allTold: 'All notices',
  },
);
