import type { Request } from 'express'
import { dateIn } from '../../lib/wall-time.ts'
import { type AgendaVersion, type Mark, marksOf, type ToldSession } from '../../models/agenda.ts'
import type { Offer } from '../../models/offering.ts'
import type { Overlap } from '../../models/overlapping.ts'
import type { Told } from '../../models/session.ts'
import { changeInWords, factsOf, reasonIn, whenOf } from './changes.ts'
import { clockIn, clockOf, dayInWords, differenceInWords, type Speaker, speakerOf, spanInWords } from './moments.ts'
import { wordsIn } from './words.ts'
import { FIRST_ZONES, zoneName } from './zones.ts'

type Agenda = { sessions: ToldSession[]; versions: AgendaVersion[] }

/** The agenda as a timetable by the days of the host, with the reader's own time beside it. */
export function agendaPage(
  req: Request,
  offer: Offer,
  { sessions, versions }: Agenda,
  { own, takesPart, materials }: { own: string; takesPart: boolean; materials: Map<string, number> | null },
) {
  const say = speakerOf(req)
  const marks = marksOf(versions, sessions)
  const last = versions.at(-1)
  const differences = sessions.map(({ told }) => differenceOf(say, told, own))
  const oneDifference = new Set(differences).size <= 1
  const differs = differences.some(Boolean)
  const days = Map.groupBy(sessions, ({ told }) => told.wallStart.slice(0, 10))
  return {
    code: offer.code,
    title: wordsIn(offer.title, req.lang),
    href: `/${req.lang}/trainings/${offer.code}`,
    hostZone: zoneName(offer.zone, req.t),
    ownZone: zoneName(own, req.t),
    zones: zoneChoices(req, own),
    takesPart,
    materials: materials?.size ? `/${req.lang}/trainings/${offer.code}/materials` : null,
    differs,
    difference: oneDifference ? (differences[0] ?? null) : null,
    version: last ? { number: last.number, at: last.publishedAt } : null,
    marked: marks.size > 0 && (last?.number ?? 0) > 1,
    days: [...days].map(([date, all]) => ({
      date,
      heading: dayInWords(say, date),
      difference: oneDifference ? null : differenceOf(say, all[0]!.told, own),
      rows: all.map(each => row(say, each, marks.get(each.id), { offer, own, takesPart, differs, materials })),
    })),
  }
}

type Setting = {
  offer: Offer
  own: string
  takesPart: boolean
  differs: boolean
  /** How many materials each session has, for those they are there for. */
  materials: Map<string, number> | null
}

function row(
  say: Speaker,
  { id, told }: ToldSession,
  mark: Mark | undefined,
  { offer, own, takesPart, differs, materials }: Setting,
) {
  const from = Temporal.Instant.from(told.startsAt)
  const to = Temporal.Instant.from(told.endsAt)
  return {
    id,
    pause: told.kind === 'break',
    canceled: told.canceled !== null,
    datetime: told.startsAt,
    host: `${clockOf(told.wallStart)}–${clockOf(told.wallEnd)}`,
    // Another host than that of the training is named beside the time.
    hostZone: told.zone === offer.zone ? null : zoneName(told.zone, say.t),
    own: differs ? `${clockIn(from, own)}–${clockIn(to, own)}` : null,
    ownDay: differs ? otherDay(say, told, from, to, own) : null,
    title: wordsIn(told.title, say.lang),
    outcomes: told.outcomes ? linesOf(wordsIn(told.outcomes, say.lang)) : [],
    facts: factsOf(say, told).filter(each => each.key !== 'link'),
    links: told.bookings
      .filter(each => each.role === 'link')
      .map(each => ({
        name: wordsIn(each.name, say.lang),
        href: takesPart && !told.canceled && /^https?:/.test(each.address ?? '') ? each.address! : null,
      })),
    materials: materials?.get(id)
      ? {
          href: `/${say.lang}/trainings/${offer.code}/materials#session-${id}`,
          label: say.t('materials.ofSessionLink', { count: materials.get(id) }),
        }
      : null,
    notes: notesOf(say, told, mark),
  }
}

/** What to notice: a word with its lines. */
function notesOf(say: Speaker, told: Told, mark: Mark | undefined) {
  const { t } = say
  if (told.canceled) return [{ kind: 'danger', word: t('agendas.change.canceled'), lines: [reasonIn(say, told)] }]
  if (!mark) return []
  if (mark.what === 'new') return [{ kind: 'current', word: t('agendas.change.new'), lines: [] }]
  const { lines } = changeInWords(say, { sessionId: '', what: mark.what, was: mark.was, is: told })
  if (mark.what === 'moved' && mark.was)
    return [
      {
        kind: 'warning',
        word: t('agendas.change.moved'),
        lines: [t('agendas.movedFrom', { when: whenOf(say, mark.was) }), ...lines.slice(2)],
      },
    ]
  return lines.length > 1 ? [{ kind: 'warning', word: t('agendas.change.changed'), lines: lines.slice(1) }] : []
}

/** The reader's date where it is not the host's, for the start or for the end. */
function otherDay(say: Speaker, told: Told, from: Temporal.Instant, to: Temporal.Instant, own: string): string | null {
  const there = dateIn(from, own)
  const end = dateIn(to, own)
  if (there !== told.wallStart.slice(0, 10)) return dayInWords(say, there)
  return end !== there ? say.t('agendas.until', { day: dayInWords(say, end) }) : null
}

const differenceOf = (say: Speaker, told: Told, own: string) =>
  differenceInWords(say, Temporal.Instant.from(told.startsAt), told.zone, own)

/** Zones to show the agenda in: those of the ten States, and the reader's own. */
export function zoneChoices(req: Request, own: string) {
  const zones = [...new Set([...FIRST_ZONES, req.actor.zone, own])]
  return zones.map(zone => ({ value: zone, label: zoneName(zone, req.t), selected: zone === own }))
}

/** Lines of a text that was typed with line breaks. */
export const linesOf = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map(line => line.trim())
    .filter(Boolean)

/** What a person cannot attend both of, in words: for the agenda and for enrolling. */
export function overlapLines(say: Speaker, overlaps: Overlap[], zone: string): string[] {
  return overlaps.map(({ session, other }) =>
    say.t('agendas.overlap', {
      session: wordsIn(session.title, say.lang),
      when: spanInWords(say, session.startsAt, session.endsAt, zone),
      other: wordsIn(other.title, say.lang),
      training: `${wordsIn(other.trainingTitle, say.lang)} (${other.training})`,
      otherWhen: spanInWords(say, other.startsAt, other.endsAt, zone),
    }),
  )
}
