import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes, randomInt } from 'node:crypto'

/** A URL-safe random token of 192 bits. */
export const newToken = (): string => randomBytes(24).toString('base64url')

/** Six digits for typing where links are blocked. */
export const newDigits = (): string => String(randomInt(0, 1_000_000)).padStart(6, '0')

/** SHA-256 in hex: how tokens and sign-in session keys are stored. */
export const fingerprint = (text: string): string => createHash('sha256').update(text).digest('hex')

/** A fingerprint to read aloud and compare: its first 96 bits in groups of four letters, "3F0A-…". */
export const receipt = (text: string): string => fingerprint(text).slice(0, 24).toUpperCase().match(/.{4}/g)!.join('-')

/** HMAC-SHA-256 in hex under `key`: for short texts that could be guessed from a plain hash. */
export const keyedHash = (key: Buffer, text: string): string => createHmac('sha256', key).update(text).digest('hex')

/** Encrypts a field (AES-256-GCM); the result is `v1.nonce.tag.text`, base64url. */
export function sealed(key: Buffer, text: string): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return ['v1', ...[nonce, cipher.getAuthTag(), body].map(part => part.toString('base64url'))].join('.')
}

/** Opens what `sealed` made. @throws when the key or the text is wrong */
export function opened(key: Buffer, text: string): string {
  const [version, nonce, tag, body] = text.split('.')
  if (version !== 'v1' || !nonce || !tag || body === undefined) throw new Error('Not a sealed field')
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64url'))
  decipher.setAuthTag(Buffer.from(tag, 'base64url'))
  return Buffer.concat([decipher.update(Buffer.from(body, 'base64url')), decipher.final()]).toString('utf8')
}
