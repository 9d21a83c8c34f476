import type { Request } from 'express'
import type { AgendaTraining } from '../../models/agenda.ts'
import { changeOf, changesIn, fingerprintOf, type Planned } from '../../models/announcing.ts'
import { type Flag, flagsOf, type StateDays } from '../../models/planning.ts'
import { seesRunning } from '../../models/policies/running.ts'
import { announces, changesPlan } from '../../models/policies/session.ts'
import { linesOf } from './agendas.ts'
import { changeInWords, factsOf, nameIn, reasonIn, whenOf } from './changes.ts'
import { bothSpeakers, clockOf, dayInWords, type Speaker, speakerOf } from './moments.ts'
import { wordsIn } from './words.ts'
import { zoneName } from './zones.ts'

/** The head that all pages of one plan share. */
export function planHead(req: Request, training: AgendaTraining) {
  const { code } = training
  return {
    code,
    title: wordsIn(training.title, req.lang),
    zone: training.zone,
    zoneName: zoneName(training.zone, req.t),
    agenda: `/${req.lang}/manage/trainings/${code}/agenda`,
    // The page of the training itself is for those who run it; a trainer has one from the side of who teaches.
    training: seesRunning(req.actor, training)
      ? `/${req.lang}/manage/trainings/${code}`
      : `/${req.lang}/teaching/${code}`,
    public: `/${req.lang}/trainings/${code}/agenda`,
    planning: `/${req.lang}/manage/planning?${new URLSearchParams({ training: code, zone: training.zone, ...(training.startsOn ? { date: training.startsOn } : {}) })}`,
  }
}

/** The plan by the days of the host, each session with what people know of it and what is awkward about its time. */
export function planPage(
  req: Request,
  training: AgendaTraining,
  planned: Planned[],
  { states, saved }: { states: StateDays[]; saved: string[] },
) {
  const say = speakerOf(req)
  const changes = changesIn(planned)
  const rows = planned.map(each => ({
    date: each.working.wallStart.slice(0, 10),
    ...planRow(say, training, each, states),
  }))
  const announcing = announces(training)
  const changing = changesPlan(training)
  return {
    ...planHead(req, training),
    version: training.agendaNumber,
    changes: changes
      .map(change => changeInWords(say, change))
      .map(({ word, title }) => req.t('agendas.plan.change', { word, title })),
    cannotAnnounce: announcing.ok ? null : req.t(`refusals.${announcing.reason}`),
    cannotChange: changing.ok ? null : req.t(`refusals.${changing.reason}`),
    // What was just saved has its warnings said once more at the top.
    warnings: rows
      .filter(row => saved.includes(row.id))
      .flatMap(row =>
        row.flags.map(flag =>
          saved.length > 1 ? `${row.title}, ${dayInWords(say, row.date, 'date')}: ${flag}` : flag,
        ),
      ),
    days: [...Map.groupBy(rows, row => row.date)].map(([date, all]) => ({
      date,
      heading: dayInWords(say, date),
      move:
        changing.ok && all.some(row => !row.canceled)
          ? `/${say.lang}/manage/trainings/${training.code}/agenda/days/${date}/move`
          : null,
      rows: all,
    })),
  }
}

function planRow(say: Speaker, training: AgendaTraining, planned: Planned, states: StateDays[]) {
  const { id, working, published, notHeld } = planned
  const base = `/${say.lang}/manage/trainings/${training.code}/sessions/${id}`
  const canceled = working.canceled !== null
  const session = working.kind === 'session'
  const flags =
    session && !canceled
      ? flagsOf(Temporal.Instant.from(working.startsAt), Temporal.Instant.from(working.endsAt), states)
      : []
  return {
    id,
    edit: base,
    cancel: `${base}/cancellation`,
    attendance: session && !canceled ? `${base}/attendance` : null,
    pause: !session,
    canceled,
    datetime: working.startsAt,
    host: `${clockOf(working.wallStart)}–${clockOf(working.wallEnd)}`,
    hostZone: working.zone === training.zone ? null : zoneName(working.zone, say.t),
    title: wordsIn(working.title, say.lang),
    outcomes: working.outcomes ? linesOf(wordsIn(working.outcomes, say.lang)) : [],
    facts: factsOf(say, working, true),
    doesNotCount: session && !working.counts,
    tags: tagsOf(say, planned),
    told: toldLines(say, planned),
    flags: flagLines(say, flags),
    notHeld: notHeld.map(name => say.t('agendas.plan.notHeld', { name: nameIn(say, name as never) })),
    isKnown: published !== null,
  }
}

function tagsOf({ t }: Speaker, planned: Planned) {
  const change = changeOf(planned)
  const tag = (kind: string, key: string) => ({ kind, word: t(`agendas.plan.${key}`) })
  return [
    ...(planned.working.canceled ? [tag('danger', 'calledOff')] : []),
    ...(!planned.published ? [tag('todo', 'notAnnounced')] : []),
    ...(change?.what === 'moved' ? [tag('warning', 'moved')] : []),
    ...(change?.what === 'changed' ? [tag('warning', 'changed')] : []),
    ...(change?.what === 'canceled' ? [tag('warning', 'notToldOff')] : []),
  ]
}

/** What people were told where that is no longer the plan. */
function toldLines(say: Speaker, planned: Planned): string[] {
  const { working } = planned
  if (working.canceled) return [say.t('agendas.change.reason', { reason: reasonIn(say, working) })]
  const change = changeOf(planned)
  if (!change?.was) return []
  if (change.what === 'moved') return [say.t('agendas.plan.toldThat', { when: whenOf(say, change.was) })]
  return changeInWords(say, change).lines.slice(1)
}

/** What is awkward about a time, a sentence for each State. */
export const flagLines = (say: Speaker, flags: Flag[]): string[] =>
  flags.map(({ name, why, local, holiday }) =>
    say.t(`planning.flags.${why === 'evening' && local < '12' ? 'early' : why}`, {
      state: wordsIn(name, say.lang),
      local,
      holiday: holiday ? wordsIn(holiday, say.lang) : '',
    }),
  )

/** What people will be told, in both languages, before anyone is told. */
export function announcementPage(req: Request, training: AgendaTraining, planned: Planned[], concerned: number) {
  const changes = changesIn(planned)
  const announcing = announces(training)
  return {
    ...planHead(req, training),
    next: training.agendaNumber + 1,
    concerned,
    seen: fingerprintOf(changes),
    cannotAnnounce: announcing.ok ? null : req.t(`refusals.${announcing.reason}`),
    count: changes.length,
    languages: bothSpeakers(req).map(say => ({
      lang: say.lang,
      heading: say.t('agendas.announcement.inLanguage'),
      changes: changes.map(change => changeInWords(say, change)),
    })),
  }
}
