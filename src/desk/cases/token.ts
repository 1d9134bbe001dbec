import { randomBytes } from 'node:crypto'

/** The unguessable part of a participant's reply address: 128 random bits in lower case, because some mail systems fold the case of addresses. */
export const newReplyToken = (): string => BigInt(`0x${randomBytes(16).toString('hex')}`).toString(36).padStart(25, '0')
