import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/** Passwords of mailboxes must be read again, so they are encrypted (AES-256-GCM) with a key made from the installation's own. */
export interface Secrets {
  seal(text: string): Buffer
  /** @throws when the installation's key is another one than at the time of sealing. */
  open(sealed: Buffer): string
}

const NONCE = 12
const TAG = 16

export function openSecrets(installationKey: string | Uint8Array): Secrets {
  const key = Buffer.from(hkdfSync('sha256', installationKey, '', 'meridian mailbox passwords', 32))
  return {
    seal: (text) => {
      const nonce = randomBytes(NONCE)
      const cipher = createCipheriv('aes-256-gcm', key, nonce)
      return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
    },
    open: (sealed) => {
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE))
      decipher.setAuthTag(sealed.subarray(sealed.length - TAG))
      return Buffer.concat([decipher.update(sealed.subarray(NONCE, sealed.length - TAG)), decipher.final()]).toString('utf8')
    },
  }
}
