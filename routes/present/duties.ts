import type { Request } from 'express'
import { dateInWords } from '../../lib/dates.ts'
import { now } from '../../lib/time.ts'
import type { Duties, Starting, Waiting } from '../../models/duties.ts'
import { clockIn, speakerOf } from './moments.ts'
import { wordsIn } from './words.ts'
import { zoneName } from './zones.ts'

type Line = { text: string; href: string }

/** A mail that waits longer than this is said to be late. */
const MAIL_WAITS = { minutes: 10 }
const REQUEST_WAITS = { hours: 72 }
/** So near, what a training lacks is late. */
const SOON = 2

/** What waits for those who run trainings: late, today, this week. Each line is a sentence with its link. */
export function dutiesPage(req: Request, duties: Duties) {
  const say = wordsOf(req)
  const groups = [
    { key: 'late', lines: lateLines(duties, say) },
    { key: 'today', lines: todayLines(req, duties, say) },
    { key: 'week', lines: weekLines(req, duties, say) },
  ]
  return groups
    .filter(({ lines }) => lines.length)
    .map(({ key, lines }) => ({ title: req.t(`duties.${key}`), key, lines }))
}

type Say = ReturnType<typeof wordsOf>

/** Sentences with their links, in the language and zone of the reader. */
function wordsOf(req: Request) {
  const { t, lang, actor } = req
  const { tag } = speakerOf(req)
  const base = `/${lang}/manage`
  const date = (at: string) => dateInWords(at.length > 10 ? Temporal.Instant.from(at) : at, tag, actor.zone)
  return {
    moment: (at: string) =>
      t('layout.inZone', {
        time: dateInWords(Temporal.Instant.from(at), tag, actor.zone, 'datetime'),
        zone: zoneName(actor.zone, t),
      }),
    time: (at: string) => clockIn(Temporal.Instant.from(at), actor.zone),
    line: (key: string, path: string, data: Record<string, unknown>): Line => ({
      text: t(`duties.lines.${key}`, data),
      href: base + path,
    }),
    /** A line about a training. */
    of: (key: string, { code, title, count, at }: Waiting, path: string, more: Record<string, unknown> = {}): Line => ({
      text: t(`duties.lines.${key}`, { code, title: wordsIn(title, lang), count, date: at ? date(at) : '', ...more }),
      href: `${base}/trainings/${code}${path}`,
    }),
  }
}

const before = (at: string | null, span: Temporal.DurationLike) =>
  at !== null && Temporal.Instant.compare(Temporal.Instant.from(at), now().subtract(span)) < 0

function lateLines(duties: Duties, { line, of, moment }: Say): Line[] {
  const { certificates, mailsFailed, oldestMail } = duties
  return [
    ...(certificates.late ? [line('certificatesLate', '/certificates', { count: certificates.late })] : []),
    ...duties.requests
      .filter(({ at }) => before(at, REQUEST_WAITS))
      .map(each => of('requests', each, '/participants?status=requested')),
    ...duties.unattended.map(each => of('unattended', each, '/attendance')),
    ...duties.starting.filter(isSoon).flatMap(each => lacking(each, of)),
    ...(mailsFailed ? [line('mailsFailed', '/mails', { count: mailsFailed })] : []),
    ...(before(oldestMail, MAIL_WAITS) ? [line('oldestMail', '/mails', { date: moment(oldestMail!) })] : []),
  ]
}

function todayLines(req: Request, duties: Duties, { line, of, time }: Say): Line[] {
  const { certificates, erasures } = duties
  return [
    ...duties.today.map(({ code, title, startsAt }) =>
      line('session', `/trainings/${code}/attendance`, {
        ...{ code, session: wordsIn(title, req.lang), time: time(startsAt), zone: zoneName(req.actor.zone, req.t) },
      }),
    ),
    ...(certificates.today ? [line('certificatesToday', '/certificates', { count: certificates.today })] : []),
    ...duties.requests
      .filter(({ at }) => !before(at, REQUEST_WAITS))
      .map(each => of('requests', each, '/participants?status=requested')),
    ...duties.offers.map(each => of('offers', each, '/participants?status=waiting', { time: time(each.at!) })),
    ...duties.lines.map(each => of('lines', each, '/participants?status=waiting', { free: each.free })),
    ...duties.unannounced.map(each => of('unannounced', each, '/agenda')),
    ...(erasures ? [line('erasures', '/people/erasures', { count: erasures })] : []),
  ]
}

function weekLines(req: Request, duties: Duties, { line, of }: Say): Line[] {
  const { certificates } = duties
  return [
    ...(certificates.week ? [line('certificatesWeek', '/certificates', { count: certificates.week })] : []),
    ...duties.starting.filter(each => !isSoon(each)).flatMap(each => lacking(each, of)),
    ...duties.untranslated.map(each => of('untranslated', each, '/edit')),
    ...duties.lessons.map(({ code, title, count }) => ({
      text: req.t('duties.lines.lessons', { code, title: wordsIn(title, req.lang), count }),
      href: `/${req.lang}/courses/${code}`,
    })),
  ]
}

/** What a training that begins soon still lacks, a sentence for each thing. */
function lacking({ code, title, startsOn, status, agenda, trainer, room }: Starting, of: Say['of']): Line[] {
  const waiting = { code, title, count: 1, at: startsOn }
  return [
    ...(status === 'draft' ? [of('notPublished', waiting, '/publication')] : []),
    ...(status !== 'draft' && !agenda ? [of('noAgenda', waiting, '/agenda')] : []),
    ...(trainer ? [] : [of('noTrainer', waiting, '/agenda')]),
    ...(room ? [] : [of('noRoom', waiting, '/agenda')]),
  ]
}

function isSoon({ startsOn }: Starting): boolean {
  const today = now().toZonedDateTimeISO('UTC').toPlainDate()
  return today.until(Temporal.PlainDate.from(startsOn), { largestUnit: 'days' }).days <= SOON
}
