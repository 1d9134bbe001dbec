export interface SplitReply {
  newText: string
  quotedText: string | null
  signatureText: string | null
}

/** The new part of a mail, what it quotes, and the signature. */
export function splitReply(text: string): SplitReply {
  return { newText: text, quotedText: null, signatureText: null }
}
