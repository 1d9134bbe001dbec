/**
 * Reads a mail: bytes in, what the desk understands out.
 *
 * The tree of parts is read here rather than by postal-mime 4 or mailparser 3, for reasons that the hard mails gave. Card numbers are
 * masked before a mail is written and its text is read afterwards; if two readers disagreed about where a part begins, a number could rest
 * where only one of them looks, so both stand on `fields.ts`, `encodings.ts` and `words.ts`. Tried on the same mails: both libraries lose
 * what stands outside of the parts, leave uuencoded files in the text, believe a charset that is plainly wrong, and refuse a head beyond
 * their bounds; postal-mime also refuses a deep nest and adds a line end to every text file, and mailparser pours delivery reports into the
 * text, where RFC 3464's fields are needed as they are. Of postal-mime the reader of addresses is used; it bounds its own work.
 */
export { parseMail } from './parse.ts'
export type { BouncedRecipient, BounceOutcome, MailAttachment, MailBounce, MailPerson, ParsedMail } from './model.ts'
