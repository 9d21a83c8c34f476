import { inTransaction, one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { percentOf } from './attendance.ts'
import { record, transition } from './audit.ts'
import type { CertificateKind } from './certificate.ts'
import { logos } from './changing-settings.ts'
import { newCertificateCode } from './certificate-codes.ts'
import type { Bilingual } from './certificate-paper.ts'
import { DRAFT_NOTE, dayInWords, dayOf, MODES, PASSED, periodInWords } from './certificate-words.ts'
import { type Rules, type Standing, standingOf } from './completing.ts'
import type { Words } from './course.ts'
import type { EnrollmentStatus, Names } from './enrollment.ts'
import { nameHash } from './names.ts'
import { notify, recipient } from './notifying.ts'
import { no, type Verdict, YES } from './refused.ts'
import type { Settings } from './settings.ts'
import { logosOf, signersOf } from './signing.ts'
import type { Format } from './training.ts'

/**
 * What an issued certificate says, but for the name: a copy that no later change of course, training or settings
 * touches. `logos` are kept files by their SHA-256. `met` is the evidence, for staff and the holder; it is not printed
 * and not shown by the public check.
 */
export type Snapshot = {
  title: Bilingual
  courseCode: string
  version: string
  hours: number
  period: Bilingual
  mode: Bilingual
  place?: Bilingual
  result?: Bilingual
  /** As what the person took part, where it is a contribution. */
  role?: Bilingual
  draftNote?: Bilingual
  issuedOn: Bilingual
  signatories: Settings['signatories']
  logos: string[]
  met: {
    lessons: { done: number; total: number }
    percent: number | null
    evaluation: boolean
    /** Minutes at the sessions that counted, where there were any. */
    attendance?: { minutes: number; of: number; percent: number }
    at: string
    /** What a contribution is computed from: sessions that took place, in minutes. */
    taught?: { sessions: number; minutes: number }
  }
}

/** An enrollment as the certificate sees it. */
export type Earned = {
  id: string
  personId: string
  trainingId: string
  status: EnrollmentStatus
  createdAt: Temporal.Instant
  eligibleAt: Temporal.Instant | null
  names: Names | null
  /** Own signatories of the training, instead of the Center's. */
  signatories: Settings['signatories'] | null
  format: Format
  hours: number
  startsOn: string | null
  endsOn: string | null
  place: Words | null
  courseCode: string
  version: string
  title: Words
  rules: Rules
  standing: Standing
  /** Whether a certificate of this training was issued to the person before, whatever became of it. */
  earlier: 'none' | 'live' | 'revoked'
}

/**
 * Whether a certificate may be issued: every rule of the course is met (looked at again, not remembered), the learner
 * has confirmed the name, someone signs, and none was revoked (a new one after that is an act of its own).
 */
export function issuable(earned: Earned, signatories: Settings['signatories']): Verdict {
  if (!signatories.length) return no('certificate.signatories')
  if (earned.earlier === 'revoked') return no('certificate.revokedBefore')
  if (earned.status !== 'enrolled') return no('certificate.notEnrolled')
  if (!earned.eligibleAt || earned.standing.missing.length) return no('certificate.notEligible')
  if (!earned.names) return no('certificate.names')
  return YES
}

export type Outcome = { ok: true; code: string; fresh: boolean } | { ok: false; reason: string }

/**
 * Issues the certificate an enrollment has earned. Pressing twice, or two coordinators at once, give one certificate:
 * the enrollment is locked first, and the index `certificates_live` holds whatever happens.
 * @param dataKey key of the hash that stays of the name after erasure
 */
export async function certify(actor: Actor, enrollmentId: string, dataKey: Buffer): Promise<Outcome> {
  return inTransaction(async () => {
    await one('certify.lock', 'select id from enrollments where id = $1 for update', [enrollmentId])
    const earned = await earnedBy(enrollmentId)
    if (!earned) return { ok: false, reason: 'certificate.notEnrolled' }
    const live = await liveCode(earned)
    if (live) return { ok: true, code: live, fresh: false }
    const signatories = await signersOf(earned.signatories)
    const pictures = await logosNow(earned.trainingId)
    const verdict = issuable(earned, signatories)
    if (!verdict.ok) return { ok: false, reason: verdict.reason }
    const { rules, personId, trainingId, id } = earned
    const issued = await issueCertificate(actor, {
      ...{ kind: rules.kind, personId, trainingId, enrollmentId: id, replacesId: null },
      names: earned.names!,
      snapshot: snapshotOf(earned, signatories, pictures, now()),
      dataKey,
    })
    return { ok: true, code: issued.code, fresh: true }
  })
}

/** What the paper would say if it were issued at `at`. */
export function snapshotOf(
  earned: Earned,
  signatories: Settings['signatories'],
  logos: string[],
  at: Temporal.Instant,
): Snapshot {
  const { rules, standing, format, place } = earned
  return {
    title: earned.title,
    courseCode: earned.courseCode,
    version: earned.version,
    hours: earned.hours,
    period: periodOf(earned, at),
    mode: MODES[format],
    ...(place && format !== 'self_paced' && format !== 'live_online' ? { place } : {}),
    ...(rules.kind === 'achievement' && standing.facts.test.exists ? { result: PASSED } : {}),
    draftNote: DRAFT_NOTE,
    issuedOn: dayInWords(dayOf(at)),
    signatories,
    logos,
    met: {
      lessons: standing.facts.lessons,
      percent: standing.facts.test.best,
      evaluation: standing.facts.evaluation.sent,
      ...attendanceOf(standing),
      at: (earned.eligibleAt ?? at).toString(),
    },
  }
}

function attendanceOf({ facts: { attendance } }: Standing) {
  if (!attendance) return {}
  const { minutes, of } = attendance
  return { attendance: { minutes, of, percent: percentOf(attendance) } }
}

// Without dates of its own, a training lasted from the person's enrollment to the day the last rule was met.
function periodOf({ startsOn, endsOn, createdAt, eligibleAt }: Earned, at: Temporal.Instant): Bilingual {
  const from = startsOn ? Temporal.PlainDate.from(startsOn) : dayOf(createdAt)
  const to = endsOn ? Temporal.PlainDate.from(endsOn) : dayOf(eligibleAt ?? at)
  return periodInWords(from, to)
}

/** The facts a certificate is made of, by two statements. */
export async function earnedBy(enrollmentId: string): Promise<Earned | undefined> {
  const row = await one<Omit<Earned, 'standing'>>(
    'certify.earned',
    `select e.id, e.person_id as "personId", e.training_id as "trainingId", e.status, e.created_at as "createdAt",
       e.eligible_at as "eligibleAt", e.names_confirmed as names, t.signatories, t.format, t.hours, t.starts_on as "startsOn",
       t.ends_on as "endsOn", t.place, c.code as "courseCode", v.major || '.' || v.minor as version, v.title, v.rules,
       coalesce((select case when x.revoked_at is null then 'live' else 'revoked' end from certificates x
         where x.person_id = e.person_id and x.training_id = e.training_id and x.replaced_at is null
           and x.kind <> 'contribution' order by (x.revoked_at is null) desc limit 1), 'none') as earlier
     from enrollments e join trainings t on t.id = e.training_id join course_versions v on v.id = e.course_version_id
     join courses c on c.id = v.course_id where e.id = $1`,
    [enrollmentId],
  )
  return row && { ...row, standing: await standingOf(enrollmentId) }
}

type Issue = {
  kind: CertificateKind
  personId: string | null
  trainingId: string | null
  enrollmentId: string | null
  replacesId: string | null
  names: Names
  snapshot: Snapshot
  dataKey: Buffer
}

/** Writes a certificate, its holder, its first step of life and its mail. Call it inside a transaction, after the rules. */
export async function issueCertificate(actor: Actor, { names, snapshot, dataKey, ...issue }: Issue) {
  const code = newCertificateCode()
  const { id } = (await one<{ id: string }>(
    'certify.add',
    `insert into certificates (code, kind, person_id, training_id, enrollment_id, replaces_id, snapshot, issued_at, issued_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id`,
    [
      ...[code, issue.kind, issue.personId, issue.trainingId, issue.enrollmentId, issue.replacesId],
      ...[JSON.stringify(snapshot), now(), actor.id],
    ],
  ))!
  await sql(
    'certify.holder',
    `insert into certificate_holders (certificate_id, name_latin, name_cyrillic, name_own, name_own_script, name_hash)
     values ($1, $2, $3, $4, $5, $6)`,
    [
      ...[id, names.latin, names.cyrillic ?? null, names.own ?? null, names.ownScript ?? null],
      nameHash(dataKey, code, names.latin),
    ],
  )
  if (issue.enrollmentId)
    await sql('certify.mark', 'update enrollments set certified_at = $2 where id = $1 and certified_at is null', [
      issue.enrollmentId,
      now(),
    ])
  await transition('certificate', id, null, 'issued', actor)
  const of = issue.enrollmentId ? { enrollment: issue.enrollmentId } : { training: issue.trainingId }
  await record(actor, 'certificate.issued', 'certificate', code, of)
  const to = issue.personId && (await recipient(issue.personId))
  if (to) await notify(to, 'certificate-issued', `certificate:${id}:issued`, { certificateId: id })
  return { id, code }
}

async function liveCode({ personId, trainingId, rules }: Earned): Promise<string | undefined> {
  const row = await one<{ code: string }>(
    'certify.live',
    `select code from certificates where person_id = $1 and training_id = $2 and kind = $3
       and revoked_at is null and replaced_at is null`,
    [personId, trainingId, rules.kind],
  )
  return row?.code
}

/** The logos of today for certificates of a training, in their order, as kept files; without one, those of the Center. */
export async function logosNow(trainingId: string | null = null): Promise<string[]> {
  return (await (trainingId ? logosOf(trainingId) : logos())).map(({ sha256 }) => sha256)
}
