/** Reads a mail: bytes in, what the desk understands out. */
export { parseMail } from './parse.ts'
export type { BouncedRecipient, MailAttachment, MailBounce, MailPerson, ParsedMail } from './model.ts'
