import { one } from '../lib/db.ts'
import { CENTER_ZONE, now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { dueOn } from './certificate-lists.ts'
import type { Words } from './course.ts'
import { DUTIES } from './duty-lists.ts'
import { ownToRun } from './policies/running.ts'
import type { Format, TrainingStatus } from './training.ts'

/** A training with something in it that waits: how much, and since or until when. */
export type Waiting = { code: string; title: Words; count: number; at: string | null }
export type Starting = {
  code: string
  title: Words
  startsOn: string
  status: TrainingStatus
  format: Format
  agenda: boolean
  trainer: boolean
  room: boolean
}
export type Today = { code: string; title: Words; startsAt: string; zone: string }

/** A request of a State and what the Center is to do next in it; `at` is by when, or since when. */
export type Asking = {
  code: string
  title: string | null
  state: string
  step: 'acknowledge' | 'training' | 'confirm' | 'message'
  at: string
}

/** The first lines of a list, and how many it has in all. */
export type List<Line> = { lines: Line[]; all: number }

/** What waits, by list. Instants and dates are ISO texts. */
export type Lists = {
  requests: List<Waiting>
  offers: List<Waiting>
  lines: List<Waiting & { free: number }>
  unannounced: List<Waiting>
  starting: List<Starting>
  today: List<Today>
  unattended: List<Waiting>
  essays: List<Waiting>
  untranslated: List<Waiting>
  lessons: List<Waiting>
  states: List<Asking>
}
export type ListName = keyof Lists
export const LISTS = [
  ...(['requests', 'offers', 'lines', 'unannounced', 'starting', 'today', 'unattended', 'essays'] as const),
  ...(['untranslated', 'lessons', 'states'] as const),
]

/** What waits for those who run trainings. */
export type Duties = Lists & {
  /** Certificates by the day on which the Center promised them: past it, today, within seven days. */
  certificates: { late: number; today: number; week: number }
  /** Trainers whose certificate of contribution waits, and since which day the first of them. */
  contributions: { count: number; since: string | null }
  /** Certificates in force whose pass was lost when results were corrected: somebody decides about each. */
  lostPasses: number
  /** Drafts whose Russian is to be written, and to be read against the English; what was asked and is past its day. */
  /** `agreed`: texts in languages agreed for trainings that are not done. */
  translations: { translate: number; review: number; agreed: number; late: number }
  mailsFailed: number
  /** When the mail was written that has waited longest for the mail server. */
  oldestMail: string | null
  erasures: number
}

/** Lines of a list on the home. */
const MOST = 30

type Row = Omit<Duties, 'certificates'> & { pending: { since: string; days: number }[] }

/**
 * What waits for the Center's staff, or for those in charge of a training in theirs alone; null for everyone else. One
 * statement whose cost does not grow with the people.
 * @param most lines of each list; null for all
 */
export async function dutiesOf(actor: Actor, most: number | null = MOST): Promise<Duties | null> {
  const ids = ownToRun(actor)
  if (ids?.length === 0) return null
  const day = now().toZonedDateTimeISO(actor.zone).startOfDay()
  const today = day.toPlainDate()
  const { pending, ...row } = (await one<Row>('duties', DUTIES, [
    ids,
    now(),
    day.toInstant(),
    day.add({ days: 1 }).toInstant(),
    today.toString(),
    today.add({ days: 14 }).toString(),
    now().subtract({ hours: 24 * 14 }),
    now().add({ hours: 24 }),
    most,
    day.subtract({ years: 1 }).toInstant(),
  ]))!
  return { ...row, certificates: promised(pending) }
}

const NOTHING: Duties = {
  ...(Object.fromEntries(LISTS.map(name => [name, { lines: [], all: 0 }])) as unknown as Lists),
  ...{ certificates: { late: 0, today: 0, week: 0 }, contributions: { count: 0, since: null }, lostPasses: 0 },
  translations: { translate: 0, review: 0, agreed: 0, late: 0 },
  ...{ mailsFailed: 0, oldestMail: null, erasures: 0 },
}

/** One list of what waits, whole and alone; null as in `dutiesOf`. */
export async function wholeList(actor: Actor, name: ListName): Promise<Duties | null> {
  const duties = await dutiesOf(actor, null)
  return duties && { ...NOTHING, [name]: duties[name] }
}

function promised(pending: Row['pending']): Duties['certificates'] {
  const today = now().toZonedDateTimeISO(CENTER_ZONE).toPlainDate()
  const counts = { late: 0, today: 0, week: 0 }
  for (const { since, days } of pending) {
    const at = Temporal.Instant.from(since)
    const left = today.until(dueOn({ eligibleAt: at, confirmedAt: at, days })!, { largestUnit: 'days' }).days
    if (left < 0) counts.late++
    else if (left === 0) counts.today++
    else if (left <= 7) counts.week++
  }
  return counts
}
