// SPDX-License-Identifier: AGPL-3.0-or-later
import { inBothLanguages } from '../messages/parity.ts';

export const alarmWords = inBothLanguages(
  {
    now: 'Báo động',
    before: 'Báo động lúc {{time}}',
    title: {
      shrank: 'Sổ đã ngắn đi.',
      rewritten: 'Sổ đã bị viết lại.',
      signature: 'Mốc niêm phong không có chữ ký đúng.',
      'key-changed': 'Sổ đã đổi khóa.',
      damaged: 'Một tệp của sổ bị sai.',
    },
    meaning: {
      shrank:
        'Trình duyệt này giữ một mốc đã ký cho {{kept}} mục, nhưng sổ bây giờ chỉ nhận có {{served}}. Sổ chỉ được nối thêm, nên có mục đã bị gỡ.',
      rewritten:
        'Mốc mới không nối tiếp mốc đã ký mà trình duyệt này giữ. Có mục đã bị sửa, gỡ hoặc chèn vào sau khi niêm phong.',
      signature:
        'Máy chủ đưa ra một mốc mà khóa đã ghim không ký. Không biết ai làm ra nó; không được tin nội dung nào của sổ lúc này.',
      'key-changed':
        'Mốc mới do một khóa khác ký, khóa đã ghim không còn ký cùng. Có thể là đổi khóa sai cách, cũng có thể một sổ khác đã thế chỗ.',
      damaged:
        'Nội dung tại {{path}} không khớp với mốc đã ký, hoặc không còn. Có mục đã bị sửa trong kho lưu, hoặc kho lưu bị hỏng.',
    },
    past: 'Hiện sổ trông bình thường trở lại, nhưng một lần mâu thuẫn đã ký là bằng chứng vĩnh viễn.',
    todo: 'Việc cần làm ngay',
    save: 'Tải cả bộ bằng chứng dưới đây và cất ở nơi khác máy này. Hai mốc cùng một khóa ký mà mâu thuẫn nhau thì ai cũng tự kiểm được, không ai chối được.',
    compare:
      'So mã đối chiếu của khóa mới với bản công bố ngoài mạng: quyết định, thông báo giấy. Chưa đối chiếu thì chưa tin.',
    keep: 'Đừng xóa dữ liệu duyệt web của máy này.',
    tell: 'Báo cho cơ quan giám sát và các bên làm chứng, gửi kèm các tệp. Người nhận không cần tài khoản để kiểm.',
    saveKept: 'Mốc máy này giữ',
    saveServed: 'Mốc máy chủ đưa ra',
    saveKeys: 'Các khóa',
    saveReport: 'Tờ trình (JSON)',
    details: 'Chi tiết để kiểm lại',
    found: 'Điều phát hiện',
    file: 'Tệp',
    kept: 'Mốc đang giữ',
    served: 'Mốc được đưa ra',
    pinnedKeys: 'Khóa đã ghim',
    servedKeys: 'Khóa được đưa ra',
    trust: 'Tôi đã đối chiếu, tin khóa mới',
    acknowledge: 'Tôi đã cất bằng chứng ở nơi khác',
    unknown: 'không rõ',
  },
  {
    now: 'Alarm',
    before: 'Alarm of {{time}}',
    title: {
      shrank: 'The record became shorter.',
      rewritten: 'The record was rewritten.',
      signature: 'The checkpoint is not properly signed.',
      'key-changed': 'The record changed its key.',
      damaged: 'A file of the record is wrong.',
    },
    meaning: {
      shrank:
        'This browser keeps a signed checkpoint of {{kept}} entries, and the record now admits to {{served}} only. A record may only be added to: entries were removed.',
      rewritten:
        'The new checkpoint does not continue the signed one that this browser keeps. Entries were changed, removed or slipped in after they were sealed.',
      signature:
        'The server shows a checkpoint that the pinned key has not signed. Nobody knows who made it; believe nothing of the record for now.',
      'key-changed':
        'Another key signed the new checkpoint, and the pinned one does not sign beside it. The key may have been changed badly, or another record has taken its place.',
      damaged:
        'What is at {{path}} does not fit the signed checkpoint, or is gone. An entry was changed in storage, or the storage is damaged.',
    },
    past: 'The record looks in order again now, but a signed contradiction is evidence for ever.',
    todo: 'What to do now',
    save: 'Download all of the evidence below and keep it away from this machine. Two checkpoints signed by one key that contradict each other can be checked by anybody and denied by nobody.',
    compare:
      'Compare the fingerprint of the new key with what was published outside the network: a decision, a printed notice. Until then do not trust it.',
    keep: 'Do not clear this browser’s data.',
    tell: 'Tell the oversight body and the witnesses, and send the files. Whoever gets them needs no account to check.',
    saveKept: 'Checkpoint kept here',
    saveServed: 'Checkpoint served',
    saveKeys: 'The keys',
    saveReport: 'Report (JSON)',
    details: 'Details for checking',
    found: 'What was found',
    file: 'File',
    kept: 'Checkpoint kept here',
    served: 'Checkpoint served',
    pinnedKeys: 'Pinned keys',
    servedKeys: 'Served keys',
    trust: 'I have compared it, trust the new key',
    acknowledge: 'The evidence is kept elsewhere',
    unknown: 'not known',
  },
);
