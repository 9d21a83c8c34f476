import type { Request } from 'express'
import { numberIn } from '../../lib/numbers.ts'
import type { assignmentIn, Counts, WorkLine } from '../../models/assignment-lists.ts'
import type { Due, Place } from '../../models/assignment.ts'
import type { Marker } from '../../models/allocating.ts'
import type { Extension } from '../../models/extending.ts'
import type { KnownMark } from '../../models/marked-work.ts'
import { type Criterion, judge } from '../../models/rubric.ts'
import type { Release, Submission } from '../../models/submission.ts'
import type { Training } from '../../models/training.ts'
import { errorsOf } from '../forms/again.ts'
import type { Kept } from '../request.ts'
import { momentIn } from './assignments.ts'
import { extensionLines } from './extensions.ts'
import { languageName } from './languages.ts'
import { speakerOf } from './moments.ts'
import { wordsIn } from './words.ts'
import { zoneName } from './zones.ts'

export type Line = WorkLine
type Assignment = NonNullable<Awaited<ReturnType<typeof assignmentIn>>>

type Works = {
  training: Training
  assignment: Assignment
  counts: Counts
  markers: Marker[]
  due: Due | null
  form: Kept
  lines: Line[]
  more: string | null
  runs: boolean
}

/** All works of a training. */
export function presentWorks(req: Request, works: Works) {
  const { training, assignment, counts, markers, due, form, lines, more } = works
  const base = `/manage/trainings/${training.code}/assignment`
  return {
    ...headOf(req, training, assignment),
    runs: works.runs,
    counts,
    due: due && momentIn(speakerOf(req), due.at, training.zone ?? 'Asia/Baku'),
    zone: zoneName(training.zone ?? 'Asia/Baku', req.t),
    form,
    errorOf: errorsOf(form),
    markers: markers.map(marker => ({
      name: marker.name,
      language: languageName(marker.language, req.lang),
      given: marker.given,
    })),
    two: assignment.markers === 2,
    rows: lines.map(line => ({
      href: `${base}/${line.enrollmentId}`,
      name: line.name,
      status: statusOf(line),
      round: line.round,
      handedInAt: line.handedInAt,
      markers: [...new Set([...line.given, ...line.marks].map(each => each.name))],
      percent:
        line.percent === null ? null : req.t('attempts.percent', { value: numberIn(req.lang, Number(line.percent)) }),
    })),
    more: more ? `${base}?after=${more}` : null,
  }
}

type One = {
  training: Training
  assignment: Assignment
  place: Place
  line: Line
  rounds: Submission[]
  releases: Release[]
  extensions: Extension[]
  marks: KnownMark[]
  markers: Marker[]
  due: Due | null
  form: Kept
  runs: boolean
}

/** The work of one learner: its rounds, its marks, more time, the grade. */
export function presentWorkOf(req: Request, one: One) {
  const { training, assignment, place, line, rounds, releases, extensions, marks, markers, due, form } = one
  const say = speakerOf(req)
  const judged = judge(
    place.criteria,
    assignment.markers,
    marks.map(mark => ({ ...mark, final: mark.finalAt !== null })),
  )
  const percent = (value: number | string) => req.t('attempts.percent', { value: numberIn(req.lang, Number(value)) })
  return {
    ...headOf(req, training, assignment),
    runs: one.runs,
    name: line.name,
    own: `/manage/trainings/${training.code}/assignment/${line.enrollmentId}`,
    status: statusOf(line),
    due: due && momentIn(say, due.at, place.zone),
    zone: zoneName(place.zone, req.t),
    rounds: rounds.map(round => ({
      number: round.round,
      handedInAt: round.handedInAt,
      returnedAt: round.returnedAt,
      comment: round.returnedComment,
    })),
    judged: judged.state === 'ready' ? percent(judged.score.percent) : null,
    judgedState: marks.length ? judged.state : null,
    marks: marks.map(mark => ({
      title: req.t(`marking.part.${mark.part}`, { name: mark.marker }),
      final: mark.finalAt,
      comment: mark.comment,
      levels: place.criteria.map(criterion => levelIn(req, criterion, mark)),
    })),
    parts: (assignment.markers === 2 ? (['first', 'second'] as const) : (['first'] as const)).map(part => ({
      name: part,
      options: [
        { value: '', label: req.t('marking.manage.nobody') },
        ...markers
          .filter(({ id }) => id !== place.personId)
          .map(({ id, name, language, given }) => ({
            value: id,
            label: req.t('marking.manage.marker', { name, language: languageName(language, req.lang), count: given }),
          })),
      ],
      value: line.given.find(each => each.part === part)?.markerId ?? '',
    })),
    extensions: extensionLines(say, extensions),
    ready: line.status === 'accepted' && !releases.length,
    releases: releases.map((release, index) => ({
      at: release.at,
      from: index ? percent(releases[index - 1]!.percent) : null,
      to: percent(release.percent),
      reason: release.reason,
    })),
    criteria: place.criteria.map(({ id, title, weight, levels }) => ({
      name: `level-${id}`,
      legend: req.t('marking.criterion', { title: wordsIn(title, req.lang), weight }),
      value: form.values[`level-${id}`] ?? '',
      options: levels.map(({ points, text }, at) => ({
        value: String(at),
        label: `${req.t('assignments.points', { count: points })} ${wordsIn(text, req.lang)}`,
      })),
    })),
    form,
    errorOf: errorsOf(form),
  }
}

const headOf = (req: Request, training: Training, assignment: Assignment) => ({
  code: training.code,
  title: wordsIn(assignment.title, req.lang),
  training: `/manage/trainings/${training.code}`,
  base: `/manage/trainings/${training.code}/assignment`,
})

/** What a work is at, as a key of `marking.statuses`. */
function statusOf(line: Line): string {
  if (line.releasedAt) return 'released'
  if (!line.status) return 'nothing'
  if (line.status === 'draft') return line.round! > 1 ? 'returned' : 'draft'
  return line.status
}

const levelIn = (req: Request, { id, title, levels }: Criterion, mark: KnownMark) => {
  const level = levels[mark.levels[id] ?? -1]
  return { title: wordsIn(title, req.lang), text: level ? wordsIn(level.text, req.lang) : '' }
}
