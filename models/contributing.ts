import { inTransaction, one } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import type { Bilingual } from './certificate-paper.ts'
import { DRAFT_NOTE, dayInWords, dayOf, MODES, periodInWords, rolesInWords } from './certificate-words.ts'
import { issueCertificate, logosNow, type Outcome, type Snapshot } from './certifying.ts'
import { type Contribution, contributionOf, hoursTaught, namesFor } from './contribution.ts'
import { no, type Verdict, YES } from './refused.ts'
import type { Settings } from './settings.ts'
import { signersOf } from './signing.ts'

/**
 * Whether a contribution may be certified: something was taught, nothing is left to teach, someone signs, and none was
 * revoked before.
 */
export function contributable(given: Contribution, signatories: Settings['signatories']): Verdict {
  if (!signatories.length) return no('certificate.signatories')
  if (given.earlier === 'revoked') return no('certificate.revokedBefore')
  if (!given.done || hoursTaught(given.minutes) === 0) return no('certificate.notTaught')
  return YES
}

/**
 * Certifies what a person taught in a training. Pressing twice, or two coordinators at once, give one certificate: the
 * person is locked first, and the index `certificates_live` holds whatever happens.
 * @param dataKey key of the hash that stays of the name after erasure
 */
export async function certifyContribution(
  actor: Actor,
  { personId, trainingId }: Pick<Contribution, 'personId' | 'trainingId'>,
  dataKey: Buffer,
): Promise<Outcome> {
  return inTransaction(async () => {
    await one('contributing.lock', 'select id from people where id = $1 for no key update', [personId])
    const given = await contributionOf(personId, trainingId)
    if (!given) return { ok: false, reason: 'certificate.notTaught' }
    const live = await liveCode(personId, trainingId)
    if (live) return { ok: true, code: live, fresh: false }
    const [signatories, logos] = [await signersOf(given.signatories), await logosNow(trainingId)]
    const verdict = contributable(given, signatories)
    if (!verdict.ok) return { ok: false, reason: verdict.reason }
    const { code } = await issueCertificate(actor, {
      ...{ kind: 'contribution', personId, trainingId, enrollmentId: null, replacesId: null, dataKey },
      names: namesFor(given),
      snapshot: contributionSnapshot(given, signatories, logos, now()),
    })
    return { ok: true, code, fresh: true }
  })
}

/** What the paper would say if it were issued at `at`. */
export function contributionSnapshot(
  given: Contribution,
  signatories: Settings['signatories'],
  logos: string[],
  at: Temporal.Instant,
): Snapshot {
  const { title, courseCode, version, format, place, sessions, minutes } = given
  const online = format === 'self_paced' || format === 'live_online'
  return {
    ...{ title, courseCode, version, signatories, logos },
    hours: hoursTaught(minutes),
    period: periodOf(given),
    mode: MODES[format],
    ...(place && !online ? { place } : {}),
    role: rolesInWords(given.roles),
    draftNote: DRAFT_NOTE,
    issuedOn: dayInWords(dayOf(at)),
    met: {
      ...{ lessons: { done: 0, total: 0 }, percent: null, evaluation: false, at: at.toString() },
      taught: { sessions, minutes },
    },
  }
}

const periodOf = ({ first, last }: Contribution): Bilingual =>
  periodInWords(Temporal.PlainDate.from(first), Temporal.PlainDate.from(last))

async function liveCode(personId: string, trainingId: string): Promise<string | undefined> {
  const row = await one<{ code: string }>(
    'contributing.live',
    `select code from certificates where person_id = $1 and training_id = $2 and kind = 'contribution'
       and revoked_at is null and replaced_at is null`,
    [personId, trainingId],
  )
  return row?.code
}
