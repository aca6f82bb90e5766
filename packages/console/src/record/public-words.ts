// SPDX-License-Identifier: AGPL-3.0-or-later
import { inBothLanguages } from '../messages/parity.ts';

export const publicWords = inBothLanguages(
  {
    title: 'Sổ ghi ai xem camera có còn nguyên không?',
    lead: 'Mỗi lần có người mở hình từ một camera của thành phố, một mục được ghi vào sổ này trước khi có hình. Trang này để bạn tự kiểm rằng sổ không bị sửa. Không cần tài khoản.',
    link: 'Sổ truy cập có còn nguyên không? Ai cũng tự kiểm được',
    newest: 'Mốc niêm phong mới nhất: {{time}}',
    count: 'mục trong sổ',
    quiet: 'Bộ phận niêm phong không lên tiếng hơn 30 giây nay. Các mốc đã công bố vẫn kiểm được.',
    proves: 'Điều được chứng minh',
    proved: {
      whole: 'Không mục nào đã niêm phong bị sửa, gỡ hay đổi chỗ kể từ mốc mà bạn, hoặc ai đó, đã giữ.',
      one: 'Sổ bạn thấy hôm nay nối tiếp đúng sổ bạn thấy lần trước.',
      tools: 'Không phải tin trang này: phần mềm của người khác kiểm ra cùng một kết quả.',
    },
    doesNot: 'Điều không được chứng minh',
    unproved: {
      truth: 'Rằng mục đích được khai là thật. Người xem có thể khai sai; giám sát viên xét việc đó.',
      outside: 'Rằng không ai xem ngoài hệ thống, như cắm thẳng vào camera hay chụp lại màn hình.',
      before: 'Chuyện trước mốc đầu tiên được giữ. Vì thế hãy giữ một mốc từ hôm nay.',
      content:
        'Ai đã xem gì. Nội dung các mục chỉ giám sát viên đọc được; ở đây chỉ có mã băm, không đoán ngược ra được.',
    },
    keep: 'Giữ một mốc, tháng sau kiểm lại',
    keepLead: 'Dành cho nhà báo, hội dân phố, và bất kỳ ai muốn tự mình làm chứng.',
    step: {
      save: 'Tải mốc hôm nay và khóa của sổ. Cất vào email, thẻ nhớ, hay in ra giấy: chỉ vài dòng chữ.',
      wait: 'Một tháng sau, quay lại trang này và chọn tệp mốc đã cất.',
      check:
        'Trình duyệt chứng minh sổ hôm nay nối tiếp mốc của bạn, hoặc nói thẳng là không. Nếu không, tệp bạn cầm là bằng chứng.',
    },
    saveCheckpoint: 'Tải mốc hôm nay',
    saveKey: 'Tải khóa',
    choose: 'Kiểm mốc tôi đã giữ',
    chooseHint: 'Tệp không rời khỏi máy này.',
    comparing: 'Đang chứng minh…',
    result: {
      continued: 'Đúng. Sổ hôm nay có {{size}} mục và nối tiếp nguyên vẹn mốc {{old}} mục của bạn.',
      broken:
        'Không. Sổ hôm nay không nối tiếp mốc {{old}} mục của bạn. Mốc bạn cầm có chữ ký đúng: hãy cất nó thật kỹ và báo cho cơ quan giám sát.',
      'not-ours': 'Tệp này không phải mốc do khóa của sổ này ký. Hãy xem có chọn nhầm tệp, hay sổ đã đổi khóa.',
      failed: 'Chưa kiểm được vì không đọc được sổ. Điều này không nói gì về sổ; hãy thử lại.',
    },
    command: 'Hoặc dùng lệnh, bằng phần mềm không phải của chúng tôi cũng được:',
    key: 'Khóa cần giữ',
    keyLead:
      'Mọi mốc phải do khóa này ký. Chép lại mã đối chiếu. Nếu một ngày nó khác đi mà không có công bố, hãy hỏi vì sao.',
    witnesses: 'Ai làm chứng',
    witnessesLead: 'Bên làm chứng là máy của người khác, ký thêm vào mỗi mốc sau khi tự thấy sổ chỉ được nối thêm.',
    noWitness:
      'Chưa có bên làm chứng nào ngoài thành phố. Lúc này chỉ những ai tự giữ mốc mới phát hiện được việc viết lại.',
    witnessGood_other: 'Đã ký cùng đến mục thứ {{formatted}}, lúc {{time}}',
    witnessNever: 'Chưa ký cùng mốc nào',
    witnessProblem: 'Lần gần nhất không ký được',
    witnessUnknown: 'Chưa biết tình trạng các bên làm chứng.',
    signIn: 'Dành cho người làm việc: đăng nhập',
  },
  {
    title: 'Is the record of who looked through cameras still whole?',
    lead: 'Whenever somebody opens a picture from one of the city’s cameras, an entry is written into this record before there is a picture. Here you can check for yourself that it was not tampered with. No account needed.',
    link: 'Is the access record still whole? Anybody can check',
    newest: 'Newest checkpoint: {{time}}',
    count: 'entries in the record',
    quiet:
      'The part that seals the record has been silent for more than 30 seconds. What was published can still be verified.',
    proves: 'What is proved',
    proved: {
      whole: 'No sealed entry was changed, removed or moved since the checkpoint that you, or anybody, kept.',
      one: 'The record that you see today continues the one that you saw last time.',
      tools: 'You need not trust this page: other people’s software comes to the same result.',
    },
    doesNot: 'What is not proved',
    unproved: {
      truth: 'That a stated purpose is true. People can state a false one; auditors look into that.',
      outside: 'That nobody looks outside the system, by plugging into a camera or photographing a screen.',
      before: 'What happened before the first checkpoint that was kept. So keep one today.',
      content: 'Who looked at what. Only auditors read the entries; here are hashes, which cannot be guessed back.',
    },
    keep: 'Keep a checkpoint, check next month',
    keepLead: 'For journalists, neighbours, and anybody who wants to be a witness.',
    step: {
      save: 'Download today’s checkpoint and the key. Put them into an e-mail, on a stick or on paper: they are a few lines of text.',
      wait: 'A month later, come back and choose the checkpoint that you kept.',
      check:
        'The browser proves that today’s record continues yours, or says plainly that it does not. Then the file in your hand is the evidence.',
    },
    saveCheckpoint: 'Download today’s checkpoint',
    saveKey: 'Download the key',
    choose: 'Check one that I kept',
    chooseHint: 'The file does not leave this machine.',
    comparing: 'Proving…',
    result: {
      continued: 'Yes. The record of today has {{size}} entries and continues your checkpoint of {{old}}, whole.',
      broken:
        'No. The record of today does not continue your checkpoint of {{old}} entries. Yours is properly signed: keep it safe and tell the oversight body.',
      'not-ours':
        'This file is no checkpoint signed by the key of this record. See whether it is the right file, or whether the key has changed.',
      failed: 'It could not be checked, because the record cannot be read. That says nothing about it; try again.',
    },
    command: 'Or with a command; software that is not ours will do as well:',
    key: 'The key to keep',
    keyLead:
      'Every checkpoint must be signed by this key. Write its fingerprint down. If it is another one some day and nobody announced it, ask why.',
    witnesses: 'Who the witnesses are',
    witnessesLead:
      'A witness is somebody else’s machine. It signs each checkpoint too, once it has seen for itself that the record was only added to.',
    noWitness:
      'There is no witness outside the city yet. For now only those who keep checkpoints themselves would notice a rewrite.',
    witnessGood_one: 'Has cosigned {{formatted}} entry, at {{time}}',
    witnessGood_other: 'Has cosigned {{formatted}} entries, at {{time}}',
    witnessNever: 'Has cosigned nothing yet',
    witnessProblem: 'Could not cosign last time',
    witnessUnknown: 'Nothing was heard of the witnesses.',
    signIn: 'For those who work here: sign in',
  },
);
