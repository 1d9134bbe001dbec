import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto'

/** Everything that people derives from the installation's key, each use with a key of its own. */
export interface Keys {
  /** Encrypts for one owner (AES-256-GCM); what was sealed for one cannot be opened as another's. */
  seal(text: string, owner: string): Buffer
  /** Null when the installation's key is another one, or the sealed text was made for somebody else. */
  open(sealed: Buffer, owner: string): string | null
  /** A keyed hash of something that could be guessed (recovery codes, names in buckets). */
  print(text: string): Buffer
}

const NONCE = 12
const TAG = 16

export function openKeys(installationKey: string | Uint8Array): Keys {
  const derived = (use: string) => Buffer.from(hkdfSync('sha256', installationKey, '', use, 32))
  const [sealing, printing] = [derived('meridian people secrets'), derived('meridian people prints')]
  return {
    seal: (text, owner) => {
      const nonce = randomBytes(NONCE)
      const cipher = createCipheriv('aes-256-gcm', sealing, nonce).setAAD(Buffer.from(owner))
      return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
    },
    open: (sealed, owner) => {
      if (sealed.length < NONCE + TAG) return null
      const decipher = createDecipheriv('aes-256-gcm', sealing, sealed.subarray(0, NONCE)).setAAD(Buffer.from(owner))
      decipher.setAuthTag(sealed.subarray(sealed.length - TAG))
      try {
        return Buffer.concat([decipher.update(sealed.subarray(NONCE, sealed.length - TAG)), decipher.final()]).toString('utf8')
      } catch {
        return null
      }
    },
    print: (text) => createHmac('sha256', printing).update(text).digest(),
  }
}

/** 256 random bits as text for a cookie, a link or a token; too many to guess, so a plain hash keeps them. */
export const randomSecret = (): string => randomBytes(32).toString('base64url')
export const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest()
