import { one, sql } from '../lib/db.ts'
import type { Actor } from './actor.ts'
import { type CertificateKind, VISIBLE, visibleTo } from './certificate.ts'
import { isWellFormed } from './certificate-codes.ts'
import type { Snapshot } from './certifying.ts'

/** Certificates one by one, and those of one person. */

/** One certificate with its holder and its neighbors. `latin` is null after erasure. */
export type CertificateFile = {
  id: string
  code: string
  kind: CertificateKind
  personId: string | null
  trainingId: string | null
  enrollmentId: string | null
  trainingCode: string | null
  snapshot: Snapshot
  issuedAt: Temporal.Instant
  revokedAt: Temporal.Instant | null
  revokedReason: string | null
  replacedAt: Temporal.Instant | null
  replaces: string | null
  replacedBy: string | null
  latin: string | null
  cyrillic: string | null
  own: string | null
  ownScript: string | null
}

const FILE = `
  select c.id, c.code, c.kind, c.person_id as "personId", c.training_id as "trainingId",
    c.enrollment_id as "enrollmentId", t.code as "trainingCode", c.snapshot, c.issued_at as "issuedAt",
    c.revoked_at as "revokedAt", c.revoked_reason as "revokedReason", c.replaced_at as "replacedAt",
    old.code as replaces, heir.code as "replacedBy", h.name_latin as latin, h.name_cyrillic as cyrillic,
    h.name_own as own, h.name_own_script as "ownScript"
  from certificates c join certificate_holders h on h.certificate_id = c.id
  left join trainings t on t.id = c.training_id
  left join certificates old on old.id = c.replaces_id
  left join certificates heir on heir.replaces_id = c.id`

/** A certificate the actor may see, by its code in the written form; undefined for others and for codes that are none. */
export async function certificateFor(actor: Actor, code: string): Promise<CertificateFile | undefined> {
  if (!isWellFormed(code)) return undefined
  return one<CertificateFile>('certificate.file', `${FILE} where ${VISIBLE} and c.code = $3`, [
    ...visibleTo(actor),
    code,
  ])
}

/** A certificate by its code, whoever asks: for verbs, after they have locked it. */
export const certificateByCode = (code: string) =>
  one<CertificateFile>('certificate.by-code', `${FILE} where c.code = $1`, [code])

/** A certificate by its number, for a letter about it. */
export const certificateById = (id: string) =>
  one<CertificateFile>('certificate.by-id', `${FILE} where c.id = $1`, [id])

/** A person's own certificates, the newest first. */
export const certificatesOf = (personId: string) =>
  sql<CertificateFile>('certificate.own', `${FILE} where c.person_id = $1 order by c.id desc limit 500`, [personId])

export type Step = {
  status: string
  from: string | null
  at: Temporal.Instant
  by: string | null
  reason: string | null
}

/** The life of a certificate, in order. */
export const lifeOf = (id: string) =>
  sql<Step>(
    'certificate.life',
    `select x.to_status as status, x.from_status as "from", x.at, p.name_latin as by, x.reason
     from transitions x left join people p on p.id = x.by_id
     where x.record_kind = 'certificate' and x.record_id = $1 order by x.id`,
    [id],
  )
