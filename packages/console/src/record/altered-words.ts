// SPDX-License-Identifier: AGPL-3.0-or-later
import { inBothLanguages } from '../messages/parity.ts';

export const alteredWords = inBothLanguages(
  {
    title_other: '{{formatted}} dòng không còn như lúc niêm phong.',
    titleMany: 'Từ {{formatted}} dòng trở lên không còn như lúc niêm phong.',
    strip: 'Cơ sở dữ liệu không còn khớp với sổ đã niêm phong.',
    meaning:
      'Sổ đã công bố vẫn đúng, nhưng những gì hệ thống này cho đọc về các dòng dưới đây có thể sai: có người sửa thẳng trong cơ sở dữ liệu hoặc trong kho tệp.',
    where: 'Các dòng đó',
    record: 'Bản ghi {{seq}}',
    noRecord: 'Không rõ bản ghi',
    leaf: 'mục thứ {{place}} trong sổ',
    what: {
      entry: 'nội dung không phải nội dung đã niêm phong',
      digest: 'mã băm không phải của nội dung',
      columns: 'phần đọc được nói khác nội dung đã niêm phong',
      unreadable: 'nội dung đã niêm phong không phải do hệ thống này ghi',
      missing: 'đã bị gỡ',
      unsealed: 'được lén chèn vào, không qua niêm phong',
      file: 'tệp đã công bố bị sửa hoặc bị mất',
    },
    read: 'Với các dòng này chỉ tin bản đã niêm phong: mở dòng đó và bấm Chứng minh, hoặc đọc tệp mục của sổ.',
    keep: 'Yêu cầu giữ nguyên cơ sở dữ liệu và nhật ký máy chủ trước khi ai đó chữa lại.',
    tell: 'Báo cho cơ quan giám sát. Báo động tự hết khi các dòng đúng trở lại, nên hãy chép lại trang này.',
  },
  {
    title_one: '{{formatted}} row is not what was sealed.',
    title_other: '{{formatted}} rows are not what was sealed.',
    titleMany: '{{formatted}} rows or more are not what was sealed.',
    strip: 'The database is not what was sealed.',
    meaning:
      'The published record is still right, but what this system shows of the rows below may be wrong: somebody edited the database, or the files, directly.',
    where: 'The rows',
    record: 'Record {{seq}}',
    noRecord: 'Record not known',
    leaf: 'entry {{place}} of the record',
    what: {
      entry: 'the entry is not the one that was sealed',
      digest: 'the hash is not that of the entry',
      columns: 'what is readable says something else than was sealed',
      unreadable: 'what was sealed was not written by this system',
      missing: 'removed',
      unsealed: 'slipped in, past the seal',
      file: 'a published file was changed or is gone',
    },
    read: 'Of these rows believe what was sealed and nothing else: open the row and choose Prove, or read the bundle of entries.',
    keep: 'Ask that the database and the logs of the servers be kept as they are before anybody mends them.',
    tell: 'Tell the oversight body. The alarm goes when the rows are right again, so keep a copy of this page.',
  },
);
