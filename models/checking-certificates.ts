import { timingSafeEqual } from 'node:crypto'
import { one } from '../lib/db.ts'
import type { CertificateKind } from './certificate.ts'
import type { Bilingual } from './certificate-paper.ts'
import { dayInWords, dayOf } from './certificate-words.ts'
import { nameHash } from './names.ts'

/**
 * All that the public check tells: what stands on the paper, and whether it still holds. No State, organization, sex,
 * percent, reason, number of a person or of a training (domain rules: "shows only name, title, date, kind, status").
 */
export type PublicCertificate = {
  code: string
  kind: CertificateKind
  status: 'valid' | 'revoked' | 'replaced'
  /** The day it was revoked or replaced, by the Center's calendar. */
  since: Bilingual | null
  /** Null after erasure: the name is then told only by comparing what is on the paper. */
  names: { latin: string; cyrillic: string | null; own: string | null; ownScript: string | null } | null
  title: Bilingual
  hours: number
  period: Bilingual
  issuedOn: Bilingual
  /** Code of the certificate that replaced it. */
  successor: string | null
}

type Row = Pick<PublicCertificate, 'code' | 'kind' | 'title' | 'hours' | 'period' | 'issuedOn' | 'successor'> & {
  latin: string | null
  cyrillic: string | null
  own: string | null
  ownScript: string | null
  revokedAt: Temporal.Instant | null
  replacedAt: Temporal.Instant | null
}

/** What anyone with the code may know. `code` in the written form. */
export async function publicCertificate(code: string): Promise<PublicCertificate | undefined> {
  const row = await one<Row>(
    'certificate.public',
    `select c.code, c.kind, c.snapshot->'title' as title, (c.snapshot->>'hours')::float8 as hours,
       c.snapshot->'period' as period, c.snapshot->'issuedOn' as "issuedOn", c.revoked_at as "revokedAt",
       c.replaced_at as "replacedAt", h.name_latin as latin, h.name_cyrillic as cyrillic, h.name_own as own,
       h.name_own_script as "ownScript", heir.code as successor
     from certificates c join certificate_holders h on h.certificate_id = c.id
     left join certificates heir on heir.replaces_id = c.id where c.code = $1`,
    [code],
  )
  if (!row) return undefined
  const { latin, cyrillic, own, ownScript, revokedAt, replacedAt, successor, ...shown } = row
  const ended = revokedAt ?? replacedAt
  return {
    ...shown,
    status: revokedAt ? 'revoked' : replacedAt ? 'replaced' : 'valid',
    since: ended && dayInWords(dayOf(ended)),
    names: latin ? { latin, cyrillic, own, ownScript } : null,
    successor: revokedAt ? null : successor,
  }
}

/** Whether `name` is the one on the paper of that code, by the keyed hash that stays after erasure. */
export async function nameIsRight(code: string, name: string, dataKey: Buffer): Promise<boolean> {
  const row = await one<{ hash: string }>(
    'certificate.name-hash',
    `select h.name_hash as hash from certificates c join certificate_holders h on h.certificate_id = c.id where c.code = $1`,
    [code],
  )
  const [kept, typed] = [Buffer.from(row?.hash ?? ''), Buffer.from(nameHash(dataKey, code, name))]
  return kept.length === typed.length && timingSafeEqual(kept, typed)
}
