/**
 * Reads a mail: bytes in, what the desk understands out.
 *
 * The tree of parts is read here rather than by a library, for three reasons that the hard mails gave. Card numbers are masked before a
 * mail is written and its text is read afterwards; if two readers disagreed about where a part begins, a number could rest where only
 * one of them looks, so both stand on `fields.ts`, `encodings.ts` and `words.ts`. Reports (RFC 3464) need their parts as they are, and
 * postal-mime 4 and mailparser 3 give a mail's text and files only, with nested mails and reports already poured into it; postal-mime
 * adds a line end to every text file, refuses mails nested or headed beyond its bounds, and both lose what stands outside of the
 * parts. And what claims one charset and is in another is read by neither. Addresses are postal-mime's: no other reader tried here
 * keeps a forged `"a@b" <c@d>` apart so well.
 */
export { parseMail } from './parse.ts'
export type { BouncedRecipient, BounceOutcome, MailAttachment, MailBounce, MailPerson, ParsedMail } from './model.ts'
