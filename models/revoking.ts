import { inTransaction, one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { record, transition } from './audit.ts'
import { type CertificateFile, certificateByCode } from './certificate-file.ts'
import { notify, recipient } from './notifying.ts'
import { Refused, type Verdict, YES, insist, no } from './refused.ts'

/** Whether a certificate can be revoked: one that was replaced no longer counts, its successor does. */
export function revocable(certificate: Pick<CertificateFile, 'replacedAt' | 'revokedAt'>): Verdict {
  if (certificate.revokedAt) return no('certificate.revoked')
  if (certificate.replacedAt) return no('certificate.replaced')
  return YES
}

/**
 * Takes a certificate back, with a reason that the holder is told and the public is not. Revoking twice changes nothing.
 * @param reason what the holder reads
 */
export async function revokeCertificate(actor: Actor, code: string, reason: string): Promise<void> {
  await inTransaction(async () => {
    const certificate = await lockedCertificate(code)
    if (!certificate) throw new Refused('certificate.gone')
    if (certificate.revokedAt) return
    insist(revocable(certificate))
    const { id, personId } = certificate
    await sql(
      'revoke.mark',
      'update certificates set revoked_at = $2, revoked_by = $3, revoked_reason = $4 where id = $1',
      [id, now(), actor.id, reason],
    )
    await transition('certificate', id, 'issued', 'revoked', actor, reason)
    await record(actor, 'certificate.revoked', 'certificate', code, { reason })
    const to = personId && (await recipient(personId))
    if (to) await notify(to, 'certificate-revoked', `certificate:${id}:revoked`, { certificateId: id })
  })
}

/** Locks a certificate in the ambient transaction, and reads it after: what another has just done to it is seen. */
export async function lockedCertificate(code: string): Promise<CertificateFile | undefined> {
  await one('certificate.lock', 'select id from certificates where code = $1 for update', [code])
  return certificateByCode(code)
}
