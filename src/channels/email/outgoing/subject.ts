import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * The token by which an answer finds its case when the mail program dropped every header: `[#10482-k3f9qz]`. Its letters are made from
 * the case number with the recipient's unguessable reply token as the key, so a number alone opens nothing.
 */
export const subjectToken = (caseNumber: number, replyToken: string): string => `[#${caseNumber}-${checkOf(caseNumber, replyToken)}]`

const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789'
const LENGTH = 6

function checkOf(caseNumber: number, replyToken: string): string {
  const bytes = createHmac('sha256', replyToken).update(`subject ${caseNumber}`).digest()
  return Array.from({ length: LENGTH }, (_, index) => ALPHABET[bytes[index]! % ALPHABET.length]).join('')
}

export interface SubjectToken {
  caseNumber: number
  check: string
}

const SHAPE = /\[#(\d{1,15})-([a-z2-9]{6})\]/gi

/** Every token in a subject, in order; none of them checked. */
export const readSubjectTokens = (subject: string): SubjectToken[] =>
  [...subject.slice(0, 2_000).matchAll(SHAPE)].map(([, number, check]) => ({ caseNumber: Number(number), check: String(check).toLowerCase() }))

/** Whether a token was made for the participant with this reply token. */
export const subjectTokenHolds = (token: SubjectToken, replyToken: string): boolean =>
  timingSafeEqual(Buffer.from(token.check), Buffer.from(checkOf(token.caseNumber, replyToken)))

/** The subject with exactly one token, ours, at its end. */
export const subjectWithToken = (subject: string, caseNumber: number, replyToken: string): string =>
  `${oneLine(subject.replace(SHAPE, ' '), SUBJECT_MAX)} ${subjectToken(caseNumber, replyToken)}`.trimStart()

const SUBJECT_MAX = 400

/** Text that can stand in a header: one line, no control characters and nothing that turns the direction of reading. */
export const oneLine = (text: string, lengthMax: number): string =>
  text.toWellFormed().replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ').replace(/ {2,}/g, ' ').trim().slice(0, lengthMax).toWellFormed()
