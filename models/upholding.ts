import { inTransaction } from '../lib/db.ts'
import type { Actor } from './actor.ts'
import { record, transition } from './audit.ts'
import { lostPassOf } from './lost-passes.ts'
import { Refused } from './refused.ts'
import { lockedCertificate } from './revoking.ts'

/**
 * Decides that a certificate stays in force though its holder no longer passes by corrected results. Nothing changes for
 * the holder; a later correction that takes the pass away again asks anew.
 * @param reason for the Center's record
 * @throws Refused 'certificate.gone'; 'certificate.nothingLost' when nothing is to be decided, or somebody has decided
 */
export const upholdCertificate = (actor: Actor, code: string, reason: string): Promise<void> =>
  inTransaction(async () => {
    const certificate = await lockedCertificate(code)
    if (!certificate) throw new Refused('certificate.gone')
    if (!(await lostPassOf(certificate.id))) throw new Refused('certificate.nothingLost')
    await transition('certificate', certificate.id, 'issued', 'upheld', actor, reason)
    await record(actor, 'certificate.upheld', 'certificate', code, { reason })
  })
