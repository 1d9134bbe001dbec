/**
 * What a careful reader of the raw file makes of the nastiest mails of the public collections: written by reading the files, their sizes
 * counted from their bytes. The mails themselves are not ours to copy.
 */
export interface Expectation {
  subject: string
  /** Address and name; null when nobody is named. */
  from: readonly [string, string] | null
  /** How the new part of the text begins; the whole of it where it is short. */
  text: string
  /** Name, type and bytes, in their order. */
  files?: readonly (readonly [string, string, number])[]
  /** What the history holds somewhere. */
  quoted?: string
  signature?: string
  /** What the HTML shows somewhere. */
  html?: string
}

const rt = 'rt-emails/t/data/emails'
const mikel = 'mikel-mail/spec/fixtures/emails'
const parser = 'mailparser/test/fixtures'
const libredesk = 'libredesk-emails/internal/inbox/channel/email/testdata'
const freescout = 'freescout-emails/tests/Messages'
const jamis = '대부분의 마찬가지로, 우리는 하나님을 믿습니다.\n\n제 이름은 Jamis입니다.'

export const expectations: Readonly<Record<string, Expectation>> = {
  [`${freescout}/issue-4567.eml`]: { subject: '☆第132号　「ガーデン&エクステリア」専門店のためのＱ&Ａサロン　【月刊エクステリア・ワーク】', from: ['analisismadrid@xxx.org', 'Análisis EC Madrid'], text: 'Hi', files: [['☆第132号　「ガーデン&エクステリア」専門店のためのＱ&Ａサロン　【月刊エクステリア・ワーク】', 'text/plain', 3]] },
  [`${freescout}/message-1b.eml`]: { subject: '386 - 400021804 - 19., Heiligenstädter Straße 80 - 0819306 - Anfrage Vergabevorschlag', from: ['from@there.com', ''], text: 'Hi', files: [['2021_Mängelliste_0819306.xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 3]] },
  [`${freescout}/message-4-null-bytes.eml`]: { subject: 'активизация виндойс', from: ['a.volga@nami-ag.ru', ''], text: 'Уважаемые системные администраторы, виндос просит активизации. Можно эту', files: [['image001.png', 'image/png', 4_531]], html: 'src="cid:' },
  [`${freescout}/message-5-iso-2022-jp.eml`]: { subject: 'ご注文商品を本日お届けします', from: ['noreply@example.org', 'アマゾン'], text: '※ アマゾン 配送部' },
  [`${libredesk}/apple-inline-no-cid.eml`]: { subject: 'Photo and document', from: ['frank@example.com', 'Frank Mac'], text: '', files: [['photo.png', 'image/png', 70], ['document.pdf', 'application/pdf', 57]] },
  [`${libredesk}/attachment-with-cid.eml`]: { subject: 'Photo', from: ['grace@example.com', 'Grace Sender'], text: '', files: [['photo.png', 'image/png', 70]] },
  [`${libredesk}/nameless-inline-image.eml`]: { subject: 'Screenshot attached', from: ['emma.johnson@example.com', 'Emma Johnson'], text: 'Here is the screenshot.', files: [['image.png', 'image/png', 70]], html: 'src="cid:screenshot@example.com"' },
  [`${libredesk}/outlook-inline-images.eml`]: { subject: 'FW: Quarterly report', from: ['emma.johnson@example.com', 'Emma Johnson'], text: 'See the chart below.', files: [['chart.png', 'image/png', 70]], html: 'src="cid:report-chart@example.com"' },
  [`${libredesk}/pgp-signed.eml`]: { subject: 'Signed message', from: ['alice@example.com', 'Alice Signer'], text: 'Please update my account email.', files: [['signature.asc', 'application/pgp-signature', 194]] },
  [`${parser}/htmllargecallstack.eml`]: { subject: 'Kill the HTML parser', from: ['test@example.com', ''], text: '}}))}*)?}' },
  [`${parser}/large_text.eml`]: { subject: '[Bug 381598] Re: ubiquity crashes in ubuntu 9.04 installation', from: ['brian@ubuntu.com', 'Brian Murray'], text: 'Exception during installation:\nMay 29 12:30:57 ubuntu python: Traceback' },
  [`${parser}/mixed.eml`]: { subject: '', from: null, text: 'This e-mail message has been scanned for Viruses and Content and cleared\n\nGood Morning;', html: 'Good Morning;' },
  [`${parser}/nested.eml`]: { subject: '', from: ['u@example.com', ''], text: 'Dear Sir,\n\nGood evening.\n\n\n\nThe footer', html: 'The footer' },
  [`${parser}/nodemailer.eml`]: { subject: 'Nodemailer is unicode friendly ✔ (1476358788189)', from: ['andris@kreata.ee', 'Andris Kreata'], text: 'Hello to myself!', files: [['image.png', 'image/png', 126], ['nyan cat ✔.gif', 'image/gif', 29_361], ['notes.txt', 'text/plain', 28]], html: 'nyan cat for you as an embedded attachment' },
  [`${mikel}/attachment_emails/attachment_content_disposition.eml`]: { subject: 'testing', from: ['foo@example.com', ''], text: 'This is the first part.', files: [['api.rb', 'text/x-ruby-script', 28]] },
  [`${mikel}/attachment_emails/attachment_only_email.eml`]: { subject: 'this message JUST contains an attachment', from: ['rfinnie@domain.dom', 'Ryan Finnie'], text: '', files: [['blah.gz', 'application/x-gzip', 288]] },
  [`${mikel}/attachment_emails/attachment_pdf.eml`]: { subject: 'Another PDF with 🎉 Unicode chars in it 🍿', from: ['xxxx@xxxx.com', 'Test Tester'], text: 'Just attaching another PDF, here, to see what the message looks like,', files: [['broken.pdf', 'application/pdf', 1_026]] },
  [`${mikel}/attachment_emails/attachment_pdf_non_ascii_lf.eml`]: { subject: 'Another PDF with 🎉 Unicode chars in it 🍿', from: ['xxxx@xxxx.com', 'Test Tester'], text: 'Just attaching another PDF, here, to see what the message looks like,\nand to see if I can figure out what is going wrong here.', files: [['broken.pdf', 'application/pdf', 1_026]] },
  [`${mikel}/attachment_emails/attachment_with_encoded_name.eml`]: { subject: 'Fwd: Signed email causes file attachments', from: ['xxxxxxxxx.xxxxxxx@gmail.com', 'xxxxxxxxx xxxxxxx'], text: 'We should not include these files or vcards as attachments.\n\n---------- Forwarded message ----------', files: [['01 Quien Te DijŠat. Pitbull.mp3', 'application/octet-stream', 399]] },
  [`${mikel}/attachment_emails/attachment_with_unquoted_name.eml`]: { subject: 'testing', from: ['foo@example.com', ''], text: 'This is the first part.', files: [['This is a test.txt', 'text/plain', 11]] },
  [`${mikel}/error_emails/bad_encoded_subject.eml`]: { subject: 'TEST', from: null, text: 'TEST' },
  [`${mikel}/error_emails/bad_subject.eml`]: { subject: 'MySurvey.com: You have a survey waiting! 91123105', from: ['carol@mysurvey.com', 'MySurvey.com & Carol Adams'], text: 'You have a survey waiting!', html: 'hello world' },
  [`${mikel}/error_emails/content_transfer_encoding_7-bit.eml`]: { subject: 'Discover(R) Card News Online - January 2002', from: ['discovercard_newsflash@discover.qrs1.net', 'Discover Card'], text: 'DISCOVERÆ CARD <http://discover.qrs1.net/s/r?l=5893&m=101BN3c3ce68600277550d>' },
  [`${mikel}/error_emails/content_transfer_encoding_spam.eml`]: { subject: '', from: ['shechem@poetrix.com', 'neal ragland'], text: 'middagh  oldusercompare\nothermachine' },
  [`${mikel}/error_emails/content_transfer_encoding_with_semi_colon.eml`]: { subject: 'Attention', from: ['nsukijamq@morozstudio.tk', 'Shelby'], text: 'Dear Homeowner,', html: 'Dear Homeowner,' },
  [`${mikel}/error_emails/content_transfer_encoding_x_uuencode.eml`]: { subject: 'PGP Comments on RTO West Release of Dec. 14', from: ['lpeters@PACIFIER.COM', 'Lon L. Peters'], text: 'Attached are the comments of the Public Generating Pool.', signature: '503-709-5942 (mobile)', files: [['PGP_Cmts_on_12-14-01_Pkg.doc', 'application/msword', 0]] },
  [`${mikel}/error_emails/empty_group_lists.eml`]: { subject: 'Western Union Swift Money Transfer', from: ['ceciledwards@sbcglobal.net', 'Cecil Edwards'], text: 'Attention Beneficiary:', signature: 'Filter4: This message has been scanned' },
  [`${mikel}/error_emails/header_fields_with_empty_values.eml`]: { subject: 'Testmail', from: ['jorn@prikkprikkprikk.no', 'Jørn Støylen'], text: '--\nJørn Støylen -- http://www.prikkprikkprikk.no\n924 38 051 -- jorn@prikkprikkprikk.no' },
  [`${mikel}/error_emails/invalid_subject_characters.eml`]: { subject: 'Formação FrenetikPolis: Mega Campanha Final Verão | Cursos de Setembro', from: ['info@formacaofrenetik.info', 'Formação Frenetikpolis'], text: 'TEST' },
  [`${mikel}/error_emails/multiple_invalid_content_dispositions.eml`]: { subject: 'Redacted', from: ['redacted@flashmail.net', ''], text: 'foo', html: '<p>foo</p>' },
  [`${mikel}/mime_emails/raw_email11.eml`]: { subject: 'worse when you use them.', from: ['xxxxx@xxxxx', ''], text: 'XXXXX Xxxxx' },
  [`${mikel}/mime_emails/raw_email2.eml`]: { subject: 'Fwd: Signed email causes file attachments', from: ['xxxxxxxxx.xxxxxxx@gmail.com', 'xxxxxxxxx xxxxxxx'], text: 'We should not include these files or vcards as attachments.', files: [['smime.p7s', 'application/pkcs7-signature', 2_361]] },
  [`${mikel}/mime_emails/raw_email_with_binary_encoded.eml`]: { subject: 'Testing outlook', from: ['email_test@me.nowhere', 'Mikel Lindsaar'], text: '', files: [['2013-08-13_19-08-28-1.jpg', 'image/jpeg', 24]] },
  [`${mikel}/mime_emails/raw_email_with_illegal_boundary.eml`]: { subject: 'Testing outlook', from: ['email_test@me.nowhere', 'Mikel Lindsaar'], text: 'Hello\nThis is an outlook test\n\nSo there.\n\nMe.', html: '<strong>So there.</strong>' },
  [`${mikel}/mime_emails/raw_email_with_mimepart_without_content_type.eml`]: { subject: 'Warning: could not send message for past 1 day', from: ['MAILER-DAEMON@antivirus.uqam.ca', 'Mail Delivery Subsystem'], text: '    **********************************************', quoted: 'peux-tu repondre a ce mail ?' },
  [`${mikel}/multi_charset/japanese_attachment_long_name.eml`]: { subject: 'まみむめも'.repeat(10), from: ['mikel@test.lindsaar.net', 'Mikel Lindsaar'], text: '', files: [[`${'かきくけこ'.repeat(5)}.txt`, 'text/plain', 18]] },
  [`${mikel}/multi_charset/japanese_shift_jis.eml`]: { subject: 'test', from: ['xxxxxxx@docomo.ne.jp', ''], text: 'あいうえお\n\nこのメールはテスト用のメールです。\n\n今後ともよろしくお願い申し上げます！' },
  [`${mikel}/multi_charset/ks_c_5601-1987.eml`]: { subject: 'test', from: ['from@example.com', ''], text: '스티해' },
  [`${mikel}/multipart_report_emails/report_530.eml`]: { subject: 'Returned mail: see transcript for details', from: ['MAILER-DAEMON@tttttt.com.au', 'Mail Delivery Subsystem'], text: 'The original message was received at Mon, 24 Dec 2007 10:03:47 +1100' },
  [`${mikel}/plain_emails/mix_caps_content_type.eml`]: { subject: 'undef method parameter bug', from: ['bb@bug.com', 'Big Bug'], text: 'foo bar' },
  [`${mikel}/plain_emails/raw_email.eml`]: { subject: 'NOTE: 한국말로 하는 것', from: ['jamis@37signals.com', 'Jamis Buck'], text: jamis },
  [`${mikel}/plain_emails/raw_email6.eml`]: { subject: '', from: ['xxx@xxxx.xxx', ''], text: 'Test test. Hi. Waving. m\n\n----------------------------------------------------------------\nSent via Bell Mobility\'s Text Messaging service. \nEnvoyé par le service' },
  [`${mikel}/plain_emails/raw_email_incorrect_header.eml`]: { subject: 'Stop adware/spyware once and for all.', from: ['xxx@xxx.xxx', 'xxx xxx'], text: 'You are infected with: \nAd Ware and Spy Ware' },
  [`${mikel}/plain_emails/raw_email_multiple_from.eml`]: { subject: '/home/svn/public/minebox revision 214', from: ['tim@powerupdev.com', 'concierge@powerupdev.com'], text: '<p><b>recordkick</b> 2007-10-22 23:45:23 +0000' },
  [`${mikel}/plain_emails/raw_email_with_bad_date.eml`]: { subject: 'Microsoft Vlsta & Office2007, Just released for 79$ Save 1599.95$ 0ff Retai|', from: ['subventive@vodtravel.com', 'Darrell Shaw'], text: 'hotnewsoft . com' },
  [`${mikel}/plain_emails/raw_email_with_partially_quoted_subject.eml`]: { subject: 'Re: Test: "漢字" mid "漢字" tail', from: ['jamis@37signals.com', 'Jamis Buck'], text: jamis },
  [`${mikel}/rfc2822/example10.eml`]: { subject: '', from: ['pete@silly.test', 'Pete'], text: 'Testing.' },
  [`${mikel}/rfc2822/example13.eml`]: { subject: 'Saying Hello', from: ['jdoe@machine.example', 'John Doe'], text: 'This is a message just to say hello.\nSo, "Hello".' },
  [`${mikel}/rfc2822/example14.eml`]: { subject: 'Re: TEST テストテスト', from: ['atsushi@example.com', 'Atsushi Yoshida'], text: 'Hello' },
  [`${mikel}/rfc6532/utf8_headers.eml`]: { subject: 'Säying Hello', from: ['jdöe@mächine.example', 'Jöhn Doe'], text: 'body' },
  [`${rt}/8859-15-message-series/dir`]: { subject: 'Re: [rt-users] [rt-announce] Development Snapshot 3.0.2++', from: ['pape-rt@inf.fu-berlin.de', 'Dirk Pape'], text: 'Hello,\n\nhere is the digest I forgot to attach. And I also forgot to say, that these were the only messages after a restart of apache.', quoted: 'test äöüßÄÖÜß€' },
  [`${rt}/8859-15-message-series/msg3`]: { subject: 'test äöüßÄÖÜß€', from: ['pape@inf.fu-berlin.de', 'Dirk Pape'], text: 'test nochmal in anderer Queue\ntest äöüßÄÖÜß€' },
  [`${rt}/crashes-file-based-parser`]: { subject: 'Fwd: scanning my ports', from: ['drstas@d.example.com', 'Stanislav'], text: 'FYI', files: [['BackGrnd.jpg', 'image/jpeg', 1_431]], html: 'Somebody at IP 127.0.0.1 scanned my ports.' },
  [`${rt}/email-file-attachment.eml`]: { subject: 'This is a test', from: ['user1@example.com', 'Jim Brandt'], text: 'This is a test with an email file attachment.', files: [['test-email.eml', 'message/rfc822', 1_047]], quoted: 'This is a test.' },
  [`${rt}/email-file-attachment-2.eml`]: { subject: 'This is another test', from: ['user1@example.com', 'Jim Brandt'], text: 'This is a test with a multipart email file attachment.', files: [['test-email-2.eml', 'message/rfc822', 683]], quoted: 'plain text' },
  [`${rt}/lorem-ipsum`]: { subject: '', from: null, text: 'Lorem ipsum dolor sit amet, consectetur adipisicing elit, sed do eiusmod tempor incididunt ut\nlabore' },
  [`${rt}/nested-mime-sample`]: { subject: 'Example MIME within MIME within MIME message', from: ['Xxxxxx_Yyyyyyy@some.net', 'Xxxxxx Yyyyyyy'], text: 'MIME is fun at times.', signature: 'Systems/Network Engineer', quoted: 'This is the first middle message' },
  [`${rt}/nested-rfc-822`]: { subject: '[Jonas Liljegren] Re: [Para] Nivåer?', from: ['jonas@example.com', 'Jonas Liljegren'], text: 'Material för att uppdatera texten om nivåer.', files: [['Re [Para] Nivåer?.eml', 'message/rfc822', 7_789]], quoted: 'To: list@example.com', signature: '/ Jonas' },
  [`${rt}/new-ticket-from-iso-8859-1`]: { subject: 'Re: rt-3.0.3pre1', from: ['hw@nordkapp.net', 'Wilhelmsen Håvard'], text: 'Håvard' },
  [`${rt}/notes-uuencoded`]: { subject: 'Test e-mail which exhibits problems with RT', from: ['mhenrion@example.com', 'Maxime HENRION'], text: "I send you this mail from Lotus Notes to make sure it'll exhibit the", files: [['Naz_Head.jpg', 'image/jpeg', 104_846]] },
  [`${rt}/rfc2231-attachment-filename-continuations`]: { subject: 'Client ? Japanese Attachment Name issue', from: ['root@localhost', ''], text: 'Some data in a file', files: [['新しいテキスト ドキュメント.txt', 'text/plain', 141]] },
  [`${rt}/russian-subject-no-content-type`]: { subject: 'тест тест', from: ['mitya@fling-wing.example.com', 'Dmitry S. Sivachenko'], text: 'ТЕСТ' },
  [`${rt}/subject-with-folding-ws`]: { subject: 'test', from: ['foo@example.com', ''], text: 'test' },
  [`${rt}/text-html-with-umlaut`]: { subject: 'An example of mail containing text-html with an umlaut in the content', from: ['gst@example.com', 'Stever, Gregor'], text: 'Hello,\n\nist this kind of Messages, that causes rt to crash.\n\nMit freundlichen Grüßen\nGregor Stever' },
}
