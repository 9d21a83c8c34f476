import type { Request } from 'express'
import { dateInWords } from '../../lib/dates.ts'
import { CENTER_ZONE, now } from '../../lib/time.ts'
import type { Asking, Duties, List, ListName, Starting, Today, Waiting } from '../../models/duties.ts'
import { clockIn, speakerOf } from './moments.ts'
import { countryName } from './people.ts'
import { wordsIn } from './words.ts'
import { zoneName } from './zones.ts'

type Line = { text: string; href: string }

/** A mail that waits longer than this is said to be late. */
const MAIL_WAITS = { minutes: 10 }
const REQUEST_WAITS = { hours: 72 }
/** A learner who waits longer than this for marks waits too long. */
const ESSAY_WAITS = { hours: 24 * 7 }
/** So near, what a training lacks is late. */
const SOON = 2

/** What waits for those who run trainings: late, today, this week. Each line is a sentence with its link. */
export function dutiesPage(req: Request, duties: Duties) {
  const say = wordsOf(req)
  const groups = [
    { key: 'late', lines: lateLines(duties, say) },
    { key: 'today', lines: todayLines(duties, say) },
    { key: 'week', lines: weekLines(duties, say) },
  ]
  return groups
    .filter(({ lines }) => lines.length)
    .map(({ key, lines }) => ({ title: req.t(`duties.${key}`), key, lines }))
}

/** States of drafts in which their Russian waits for somebody. */
const STAGES = { translate: 'en_approved', review: 'ru_translated' }

type Say = ReturnType<typeof wordsOf>

/** Sentences with their links, in the language and zone of the reader. */
function wordsOf(req: Request) {
  const { t, lang, actor } = req
  const { tag } = speakerOf(req)
  const base = `/${lang}/manage`
  const day = (at: string) => dateInWords(at.length > 10 ? Temporal.Instant.from(at) : at, tag, actor.zone)
  const time = (at: string) => clockIn(Temporal.Instant.from(at), actor.zone)
  const line = (key: string, path: string, data: Record<string, unknown>): Line => ({
    text: t(`duties.lines.${key}`, data),
    href: base + path,
  })
  return {
    ...{ day, time, line },
    moment: (at: string) =>
      t('layout.inZone', {
        time: dateInWords(Temporal.Instant.from(at), tag, actor.zone, 'datetime'),
        zone: zoneName(actor.zone, t),
      }),
    /** A line about a training. */
    of: (key: string, { code, title, count, at }: Waiting, path: string, more: Record<string, unknown> = {}) =>
      line(key, `/trainings/${code}${path}`, {
        ...{ code, title: wordsIn(title, lang), count, date: at ? day(at) : '' },
        ...more,
      }),
    /** A session of today. */
    session: ({ code, title, startsAt }: Today) =>
      line('session', `/trainings/${code}/attendance`, {
        ...{ code, session: wordsIn(title, lang), time: time(startsAt), zone: zoneName(actor.zone, t) },
      }),
    /** A course with lessons to translate. */
    course: ({ code, title, count }: Waiting): Line => ({
      text: t('duties.lines.lessons', { code, title: wordsIn(title, lang), count }),
      href: `/${lang}/courses/${code}`,
    }),
    /** A request of a State. */
    asked: ({ code, title, state, step, at }: Asking) =>
      line(`states.${step}`, `/requests/${code}`, {
        ...{ code, title: title ?? t('requests.untitled'), state: countryName(state, lang), date: day(at) },
      }),
    /** How many lines a list has besides those shown, with the way to all of them. */
    rest: (name: ListName, { lines, all }: List<unknown>): Line[] =>
      all > lines.length
        ? [
            {
              text: t('duties.more', { list: t(`duties.lists.${name}`), count: all - lines.length }),
              href: `/${lang}/waiting/${name}`,
            },
          ]
        : [],
  }
}

const before = (at: string | null, span: Temporal.DurationLike) =>
  at !== null && Temporal.Instant.compare(Temporal.Instant.from(at), now().subtract(span)) < 0

function lateLines(duties: Duties, { line, of, asked, moment, rest }: Say): Line[] {
  const { certificates, translations, mailsFailed, oldestMail, requests, unattended, essays, starting, states } = duties
  return [
    ...(certificates.late ? [line('certificatesLate', '/certificates', { count: certificates.late })] : []),
    ...requests.lines
      .filter(({ at }) => before(at, REQUEST_WAITS))
      .map(each => of('requests', each, '/participants?status=requested')),
    ...states.lines.filter(each => turnAt(each) === 'late').map(asked),
    ...unattended.lines.map(each => of('unattended', each, '/attendance')),
    ...rest('unattended', unattended),
    ...essays.lines.filter(({ at }) => before(at, ESSAY_WAITS)).map(each => of('essays', each, '/test')),
    ...starting.lines.filter(isSoon).flatMap(each => lacking(each, of)),
    ...(translations.late ? [line('translationsLate', '/translations?due=late', { count: translations.late })] : []),
    ...(mailsFailed ? [line('mailsFailed', '/mails', { count: mailsFailed })] : []),
    ...(before(oldestMail, MAIL_WAITS) ? [line('oldestMail', '/mails', { date: moment(oldestMail!) })] : []),
  ]
}

function todayLines(duties: Duties, { line, of, asked, session, time, rest }: Say): Line[] {
  const { certificates, lostPasses, erasures, today, requests, offers, lines, unannounced, essays, states } = duties
  return [
    ...today.lines.map(session),
    ...rest('today', today),
    ...(certificates.today ? [line('certificatesToday', '/certificates', { count: certificates.today })] : []),
    ...requests.lines
      .filter(({ at }) => !before(at, REQUEST_WAITS))
      .map(each => of('requests', each, '/participants?status=requested')),
    ...rest('requests', requests),
    ...offers.lines.map(each => of('offers', each, '/participants?status=waiting', { time: time(each.at!) })),
    ...rest('offers', offers),
    ...lines.lines.map(each => of('lines', each, '/participants?status=waiting', { free: each.free })),
    ...rest('lines', lines),
    ...states.lines.filter(each => turnAt(each) === 'today').map(asked),
    ...unannounced.lines.map(each => of('unannounced', each, '/agenda')),
    ...rest('unannounced', unannounced),
    ...essays.lines.filter(({ at }) => !before(at, ESSAY_WAITS)).map(each => of('essays', each, '/test')),
    ...rest('essays', essays),
    ...(lostPasses ? [line('lostPasses', '/certificates/lost-passes', { count: lostPasses })] : []),
    ...(erasures ? [line('erasures', '/people/erasures', { count: erasures })] : []),
  ]
}

function weekLines(duties: Duties, { line, of, asked, course, day, rest }: Say): Line[] {
  const { certificates, contributions, translations, starting, untranslated, lessons, states } = duties
  const { count, since } = contributions
  return [
    ...(certificates.week ? [line('certificatesWeek', '/certificates', { count: certificates.week })] : []),
    ...(count ? [line('contributions', '/certificates/contributions', { count, date: day(since!) })] : []),
    ...(['translate', 'review'] as const).flatMap(work =>
      translations[work]
        ? [line(`translations.${work}`, `/translations?stage=${STAGES[work]}`, { count: translations[work] })]
        : [],
    ),
    ...(translations.agreed
      ? [line('translations.agreed', '/translations?language=agreed', { count: translations.agreed })]
      : []),
    ...states.lines.filter(each => turnAt(each) === 'week').map(asked),
    ...rest('states', states),
    ...starting.lines.filter(each => !isSoon(each)).flatMap(each => lacking(each, of)),
    ...rest('starting', starting),
    ...untranslated.lines.map(each => of('untranslated', each, '/edit')),
    ...rest('untranslated', untranslated),
    ...lessons.lines.map(course),
    ...rest('lessons', lessons),
  ]
}

/** Where a State's request stands on the home: by the day of acknowledging, else by how long the State has waited. */
function turnAt({ step, at }: Asking): 'late' | 'today' | 'week' {
  if (step !== 'acknowledge') return before(at, REQUEST_WAITS) ? 'late' : 'today'
  const left = Temporal.PlainDate.compare(
    Temporal.PlainDate.from(at),
    now().toZonedDateTimeISO(CENTER_ZONE).toPlainDate(),
  )
  return left < 0 ? 'late' : left === 0 ? 'today' : 'week'
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
