/** How mail programs announce what they quote, in the languages that people write to us in. */

/** "wrote", wherever it stands in the sentence. */
const wrote = ['wrote', 'writes', 'escribi[óo]', 'escreveu', 'schrieb', 'a [ée]crit', 'ha scritto', 'scrisse', 'schreef', 'geschreven', 'napisa[łl](?:\\(a\\)|a)?', 'pisze', 'skrev', 'kirjoitti', 'напис(?:ал\\(а\\)|ала|ал)', 'пише', 'yazdı', 'のメール', '(?:は|が)?書きました', 'ने लिखा', '写道', '寫道', '작성'].join('|')
/** How the sentence begins in most languages: on, am, le … */
const begins = ['on', 'am', 'le', 'el', 'em', 'il', 'op', 'dnia', 'w dniu', 'den', 'på', '在', 'в', '--\\s*am'].join('|')

const WROTE = new RegExp(`(?<![\\p{L}\\p{N}])(?:${wrote})(?![\\p{L}\\p{N}])|(?:のメール|書きました|写道|寫道|작성)`, 'iu')
const ENDS = new RegExp(`(?:[:：]|(?<![\\p{L}\\p{N}])(?:${wrote})|のメール|書きました|写道|寫道|작성)\\s*$`, 'iu')
const BEGINS = new RegExp(`^\\s*(?:${begins})[\\s,.]`, 'iu')
/** `2026年11月24日(火) 15:12 Lee <lee@example.com>:` and `24 нояб. 2026 г., 15:12, Lee <…>:`: a date first and an address at the end. */
const DATE_FIRST = /^\s*(?:\p{L}{2,4}\.?,?\s)?\d{1,4}\s?(?:[年./-]|\p{L}{3,10}\.?\s).{5,160}[<＜(][^<>\s]+@[^<>\s]+[>＞)]\s*[:：]?\s*$/u
const TIMED = /\d{1,2}[:.h]\d{2}|\d{1,2}\s?時|오[전후]\s?\d/u
const DATED = /\d{1,4}[./年-]\d{1,2}|\d{1,2}\.?\s(?:de\s)?[\p{L}\p{M}]{3,12}[.॰,]{0,2}\s(?:de\s)?\d{2,4}|[\p{L}]{3,12}\s\d{1,2},?\s\d{4}/u
const ADDRESS = /[^\s<>@]+@[^\s<>@]+\.[^\s<>@]+/
const ATTRIBUTION_LENGTH_MAX = 400
const LINES_MAX = 4

/** How many lines from `index` on say who wrote when what follows; 0 when they do not. Programs break the sentence where it is long. */
export function isAttribution(lines: readonly string[], index: number): number {
  const first = lines[index] ?? ''
  if (first.trim() === '' || first.length > ATTRIBUTION_LENGTH_MAX) return 0
  if (DATE_FIRST.test(first)) return 1
  let sentence = ''
  for (let height = 1; height <= LINES_MAX && index + height <= lines.length; height++) {
    const line = lines[index + height - 1] ?? ''
    // Another one begins here: what stood before was a sentence of the letter.
    if (height > 1 && (line.trim() === '' || (BEGINS.test(line) && DATED.test(line)))) return 0
    sentence = `${sentence} ${line.trim()}`.trim()
    if (sentence.length > ATTRIBUTION_LENGTH_MAX) return 0
    if (WROTE.test(sentence) && ENDS.test(sentence) && (DATED.test(sentence) || ADDRESS.test(sentence))) return height
    if (height === 1 && !(BEGINS.test(line) && DATED.test(line))) return 0
  }
  return 0
}

/** Whether so much is said that even what bears no marks of quoting is taken for what was written then: people write "on Monday you wrote:" themselves. */
export const saysEnough = (attribution: string): boolean => ADDRESS.test(attribution) || (BEGINS.test(attribution) && DATED.test(attribution) && TIMED.test(attribution))

const fromWords = ['from', 'von', 'de', 'da', 'van', 'od', 'från', 'fra', 'lähettäjä', 'от', 'від', 'kimden', '差出人', '发件人', '寄件者', '보낸 사람', 'प्रेषक', 'द्वारा', 'mittente', 'expéditeur', 'remitente', 'remetente', 'afzender', 'nadawca', 'avsändare'].join('|')
const sentWords = ['sent', 'date', 'gesendet', 'datum', 'enviado(?: el| em)?', 'enviada(?: em)?', 'fecha', 'data', 'envoyé', 'date d.envoi', 'inviato', 'verzonden', 'wysłano', 'wysłane', 'skickat', 'sendt', 'dato', 'lähetetty', 'отправлено', 'дата', 'надіслано', 'gönderildi', 'tarih', '送信日時', '日付', '发送时间', '寄件日期', '보낸 날짜', 'भेजा गया', 'दिनांक', 'तारीख'].join('|')
const toWords = ['to', 'an', 'para', 'à', 'a', 'aan', 'do', 'till', 'til', 'кому', 'kime', '宛先', '收件人', '收件者', '받는 사람', 'प्रति', 'को', 'destinataire', 'destinatario', 'destinatário', 'cc'].join('|')
const subjectWords = ['subject', 'betreff', 'asunto', 'assunto', 'objet', 'oggetto', 'onderwerp', 'temat', 'ämne', 'emne', 'aihe', 'тема', 'konu', '件名', '主题', '主旨', '제목', 'विषय'].join('|')

const field = (words: string) => new RegExp(`^\\s*[*_]{0,2}(?:${words})\\s*[:：][*_]{0,2}`, 'iu')
const [FROM, SENT, TO, SUBJECT] = [field(fromWords), field(sentWords), field(toWords), field(subjectWords)]
const BLOCK_LINES_MAX = 12
const BLOCK_FIELDS_MIN = 3

/** Outlook's way: lines such as From, Sent, To, Subject, of which at least three stand together. */
export function isHeaderBlock(lines: readonly string[], index: number): boolean {
  if (!FROM.test(lines[index] ?? '')) return false
  const found = new Set<string>(['from'])
  for (let at = index + 1, blanks = 0; at < Math.min(lines.length, index + BLOCK_LINES_MAX); at++) {
    const line = lines[at] ?? ''
    if (line.trim() === '' && ++blanks > 3) break
    if (SUBJECT.test(line)) found.add('subject')
    else if (SENT.test(line)) found.add('sent')
    else if (TO.test(line)) found.add('to')
  }
  return found.size >= BLOCK_FIELDS_MIN
}

const originals = ['original (?:message|appointment|email)', 'ursprüngliche nachricht', 'originalnachricht', 'mensaje original', 'mensagem original', 'message d.origine', 'message original', 'messaggio originale', 'oorspronkelijk bericht', 'wiadomość oryginalna', 'oryginalna wiadomość', 'originalmeddelande', 'ursprungligt meddelande', 'opprinnelig melding', 'исходное сообщение', '原始邮件', '元のメッセージ', 'मूल संदेश', 'reply above this line', 'please (?:type|write) your reply above this line'].join('|')
const SEPARATOR = new RegExp(`^\\s*(?:[-_=*#~]{2,}\\s*)(?:${originals})\\s*(?:[-_=*#~]{0,})\\s*:?$`, 'iu')
const RULE = /^\s*[_-]{10,}\s*$/

/** A line that parts the history from the rest: `-----Original Message-----`, or a rule with a block of header lines below. */
export function isSeparator(lines: readonly string[], index: number): boolean {
  const line = lines[index] ?? ''
  if (SEPARATOR.test(line)) return true
  if (!RULE.test(line)) return false
  for (let next = index + 1; next <= index + 3; next++) if ((lines[next] ?? '').trim() !== '') return isHeaderBlock(lines, next)
  return false
}

const forwards = ['forwarded (?:message|by|email)', 'begin forwarded message', 'weitergeleitete nachricht', 'anfang der weitergeleiteten nachricht', 'mensaje reenviado', 'inicio del mensaje reenviado', 'mensagem encaminhada', 'início da mensagem encaminhada', 'message transféré', 'message transmis', 'début du message (?:transféré|réexpédié)', 'messaggio inoltrato', 'inizio messaggio inoltrato', 'doorgestuurd bericht', 'begin doorgestuurd bericht', 'przekazana wiadomość', 'wiadomość przekazana', 'vidarebefordrat (?:meddelande|mejl)', 'videresendt melding', 'пересылаемое сообщение', '转发的?邮件', '転送メッセージ', 'अग्रेषित संदेश'].join('|')
const FORWARD = new RegExp(`^\\s*(?:[-_=*]{2,}\\s*(?:${forwards})\\b.*|(?:${forwards})\\s*[:：]\\s*)$`, 'iu')

/** What somebody passes on is what the mail is about, not its history. */
export const isForward = (lines: readonly string[], index: number): boolean => FORWARD.test(lines[index] ?? '')
