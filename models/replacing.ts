import { inTransaction, one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { record, transition } from './audit.ts'
import type { CertificateFile } from './certificate-file.ts'
import { dayInWords, dayOf } from './certificate-words.ts'
import { issueCertificate } from './certifying.ts'
import type { Names } from './enrollment.ts'
import { Refused, type Verdict, YES, insist, no } from './refused.ts'
import { lockedCertificate } from './revoking.ts'

/** Whether a certificate can have a successor: once, and not when its holder is erased. */
export function replaceable(certificate: Pick<CertificateFile, 'replacedAt' | 'latin'>): Verdict {
  if (certificate.replacedAt) return no('certificate.replaced')
  if (!certificate.latin) return no('certificate.erased')
  return YES
}

/**
 * Issues the same certificate anew with a corrected name: a new code, a new day of issue, all else as it was. The old
 * code then tells that it was replaced; a revoked one goes on telling that it was revoked. The same names sent twice
 * give one successor.
 * @returns the code of the successor
 */
export async function replaceCertificate(
  actor: Actor,
  code: string,
  { names, reason, dataKey }: { names: Names; reason: string; dataKey: Buffer },
): Promise<string> {
  return inTransaction(async () => {
    const old = await lockedCertificate(code)
    if (!old) throw new Refused('certificate.gone')
    const successor = old.replacedAt && (await successorWith(old.id, names))
    if (successor) return successor
    insist(replaceable(old))
    await sql('replace.mark', 'update certificates set replaced_at = $2 where id = $1', [old.id, now()])
    await transition('certificate', old.id, old.revokedAt ? 'revoked' : 'issued', 'replaced', actor, reason)
    const { kind, personId, trainingId, enrollmentId } = old
    const issued = await issueCertificate(actor, {
      ...{ kind, personId, trainingId, enrollmentId, replacesId: old.id, names, dataKey },
      snapshot: { ...old.snapshot, issuedOn: dayInWords(dayOf(now())) },
    })
    await record(actor, 'certificate.replaced', 'certificate', code, { by: issued.code, reason })
    return issued.code
  })
}

async function successorWith(id: string, { latin, cyrillic, own }: Names): Promise<string | undefined> {
  const row = await one<{ code: string }>(
    'replace.successor',
    `select c.code from certificates c join certificate_holders h on h.certificate_id = c.id
     where c.replaces_id = $1 and h.name_latin = $2 and h.name_cyrillic is not distinct from $3
       and h.name_own is not distinct from $4`,
    [id, latin, cyrillic ?? null, own ?? null],
  )
  return row?.code
}
