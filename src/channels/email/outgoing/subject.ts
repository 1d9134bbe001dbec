import { timingSafeEqual } from 'node:crypto'

/**
 * The token by which an answer finds its case when the mail program dropped every header: `[#10482-k3f9qz]`, the case's number and the
 * beginning of the recipient's unguessable reply token. A number alone opens nothing, and the rest of the token stays a secret.
 */
export const subjectToken = (caseNumber: number, replyToken: string): string => `[#${caseNumber}-${proofOf(replyToken)}]`

const LENGTH = 6
const proofOf = (replyToken: string): string => replyToken.slice(0, LENGTH).toLowerCase()

export interface SubjectToken {
  caseNumber: number
  proof: string
}

const SHAPE = /\[#(\d{1,15})-([0-9a-z]{6,25})\]/gi

/** Every token in a subject, in order; none of them checked. */
export const readSubjectTokens = (subject: string): SubjectToken[] =>
  [...subject.slice(0, 2_000).matchAll(SHAPE)].map(([, number, proof]) => ({ caseNumber: Number(number), proof: String(proof).toLowerCase() }))

/** Whether a token was made for the participant with this reply token. */
export const subjectTokenHolds = ({ proof }: SubjectToken, replyToken: string): boolean =>
  proof.length === LENGTH && timingSafeEqual(Buffer.from(proof), Buffer.from(proofOf(replyToken)))

/** The subject with exactly one token, ours, at its end. */
export const subjectWithToken = (subject: string, caseNumber: number, replyToken: string): string =>
  `${oneLine(subject.replace(SHAPE, ' '), SUBJECT_MAX)} ${subjectToken(caseNumber, replyToken)}`.trimStart()

const SUBJECT_MAX = 400

/** Text that can stand in a header: one line, no control characters and nothing that turns the direction of reading. */
export const oneLine = (text: string, lengthMax: number): string =>
  text.toWellFormed().replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ').replace(/ {2,}/g, ' ').trim().slice(0, lengthMax).toWellFormed()
