import { z } from 'zod'
import { isZone } from '../../lib/time.ts'
import { resolveWall } from '../../lib/wall-time.ts'
import { DAY_RULES } from '../../models/copy-plan.ts'
import { OFFICIAL_LANGUAGES, WORKING_LANGUAGES } from '../../models/official-languages.ts'
import type { Settled } from '../../models/opening.ts'
import { dateOf, timeOf } from './days.ts'

const FORMATS = ['self_paced', 'live_online', 'on_site', 'blended'] as const
const text = (most: number) => z.string().max(most, 'openings.errors.tooLong').default('')
const list = z.preprocess(
  value => [value ?? []].flat().filter(each => each !== ''),
  z.array(z.string().max(10)).max(20),
)

const fields = z.object({
  code: text(40),
  titleEn: text(200),
  titleRu: text(200),
  format: z.enum(FORMATS, 'openings.errors.format'),
  zone: text(80),
  hostState: text(2),
  placeEn: text(300),
  placeRu: text(300),
  languages: list,
  agreedCondition: text(1000),
  fallbackLanguage: z.enum(WORKING_LANGUAGES, 'openings.errors.fallbackLanguage').default('en'),
  seats: text(10),
  enrollmentMode: z.enum(['open', 'approval'], 'openings.errors.enrollmentMode'),
  visibility: z.enum(['public', 'unlisted'], 'openings.errors.visibility').default('public'),
  hours: text(10),
  startsOn: text(20),
  endsOn: text(20),
  enrollUntilDay: text(20),
  enrollUntilTime: text(10),
  issueWithinDays: text(10),
  costBearer: text(1000),
  asksDaily: text(10),
  project: z
    .string()
    .regex(/^([1-9]\d{0,17})?$/, 'openings.errors.project')
    .default(''),
})

type Fields = z.infer<typeof fields>

/** What a coordinator settles about a training: an error beside each field that does not hold. */
export const trainingForm = fields.superRefine((values, context) => {
  const wrong = (path: keyof Fields, message: string) => context.addIssue({ code: 'custom', path: [path], message })
  if (!/^[A-Z0-9]+(-[A-Z0-9]+)*$/.test(values.code)) wrong('code', 'openings.errors.code')
  if (Boolean(values.titleEn) !== Boolean(values.titleRu))
    wrong(values.titleEn ? 'titleRu' : 'titleEn', 'openings.errors.bothLanguages')
  if (Boolean(values.placeEn) !== Boolean(values.placeRu))
    wrong(values.placeEn ? 'placeRu' : 'placeEn', 'openings.errors.bothLanguages')
  if (!isZone(values.zone)) wrong('zone', 'refusals.session.zone')
  if (!values.languages.length || values.languages.some(each => !OFFICIAL_LANGUAGES.some(known => known === each)))
    wrong('languages', 'openings.errors.languages')
  if (values.seats && !isCount(values.seats)) wrong('seats', 'openings.errors.seats')
  if (!isCount(values.hours)) wrong('hours', 'openings.errors.hours')
  if (values.issueWithinDays && !isCount(values.issueWithinDays))
    wrong('issueWithinDays', 'openings.errors.issueWithinDays')
  const [starts, ends] = [dateOf(values.startsOn), dateOf(values.endsOn)]
  if (values.startsOn && !starts) wrong('startsOn', 'openings.errors.date')
  if (values.endsOn && !ends) wrong('endsOn', 'openings.errors.date')
  if (values.format !== 'self_paced' && !values.startsOn) wrong('startsOn', 'openings.errors.startsOn')
  if (starts && ends && Temporal.PlainDate.compare(ends, starts) < 0) wrong('endsOn', 'openings.errors.order')
  if (values.enrollUntilDay && !dateOf(values.enrollUntilDay)) wrong('enrollUntilDay', 'openings.errors.date')
  if (values.enrollUntilTime && !timeOf(values.enrollUntilTime)) wrong('enrollUntilTime', 'openings.errors.time')
})

export type TrainingValues = z.infer<typeof trainingForm>

const isCount = (typed: string) => /^[1-9]\d{0,4}$/.test(typed)

/** The values of a valid form as what is settled. A deadline without a time is the end of its day in the host zone. */
export function settledOf(values: TrainingValues): Settled {
  const words = (en: string, ru: string) => (en && ru ? { en, ru } : null)
  return {
    title: words(values.titleEn, values.titleRu),
    format: values.format,
    zone: values.zone,
    hostState: values.hostState || null,
    place: words(values.placeEn, values.placeRu),
    languages: values.languages,
    agreedCondition: values.agreedCondition || null,
    fallbackLanguage: values.fallbackLanguage,
    seats: values.seats ? Number(values.seats) : null,
    enrollmentMode: values.enrollmentMode,
    visibility: values.visibility,
    hours: Number(values.hours),
    startsOn: dateOf(values.startsOn)?.toString() ?? null,
    endsOn: dateOf(values.endsOn)?.toString() ?? null,
    enrollUntil: deadlineOf(values),
    issueWithinDays: Number(values.issueWithinDays || 5),
    costBearer: values.costBearer || null,
    asksDaily: values.asksDaily === 'yes',
    projectId: values.project || null,
  }
}

function deadlineOf({ enrollUntilDay, enrollUntilTime, zone }: TrainingValues): Temporal.Instant | null {
  const day = dateOf(enrollUntilDay)
  if (!day) return null
  const wall = day.toPlainDateTime(timeOf(enrollUntilTime) ?? Temporal.PlainTime.from('23:59'))
  const answer = resolveWall(wall, zone, 'later')
  return answer.ok ? answer.instant : wall.toZonedDateTime(zone).toInstant()
}

const reason = (message: string) => z.string(message).min(1, message).max(2000, 'openings.errors.tooLong')

/** A reason that everyone concerned receives, in the language each reads. */
export const reasonForm = z.object({
  reasonEn: reason('openings.errors.reasonEn'),
  reasonRu: reason('openings.errors.reasonRu'),
})

/** A copy: its code, its first day where the source has dates, how its days follow, its project. */
export const copyForm = z
  .object({
    code: text(40),
    startsOn: text(20),
    format: z.enum(FORMATS, 'openings.errors.format'),
    materials: text(10),
    days: z.enum(DAY_RULES, 'copying.errors.days').default('distance'),
    project: z
      .string()
      .regex(/^([1-9]\d{0,17})?$/, 'openings.errors.project')
      .default(''),
  })
  .superRefine(({ code, startsOn, format }, context) => {
    const wrong = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
    if (!/^[A-Z0-9]+(-[A-Z0-9]+)*$/.test(code)) wrong('code', 'openings.errors.code')
    if (format !== 'self_paced' && !dateOf(startsOn)) wrong('startsOn', 'openings.errors.startsOn')
  })

/** A decision on a request or a place on the waiting list; a no needs its reason. */
export const decisionForm = z
  .object({ decision: z.enum(['approve', 'wait', 'decline'], 'openings.errors.decision'), reason: text(2000) })
  .superRefine(({ decision, reason }, context) => {
    if (decision === 'decline' && !reason)
      context.addIssue({ code: 'custom', path: ['reason'], message: 'openings.errors.declineReason' })
  })
