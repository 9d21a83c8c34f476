import type { Request } from 'express'
import { numberIn } from '../../lib/numbers.ts'
import { dateInWords } from '../../lib/dates.ts'
import { now } from '../../lib/time.ts'
import type { Due, Place } from '../../models/assignment.ts'
import { MOST_FILES } from '../../models/attaching.ts'
import { OFFICIAL_LANGUAGES } from '../../models/official-languages.ts'
import type { Verdict } from '../../models/refused.ts'
import type { HandedFile, Release, Submission } from '../../models/submission.ts'
import { dueNow, mayHandIn, mayWrite } from '../../models/submitting.ts'
import type { Kept } from '../request.ts'
import { languageName } from './languages.ts'
import { sizeInWords } from '../../models/file-sizes.ts'
import { errorsOf } from '../forms/again.ts'
import { type Speaker, speakerOf } from './moments.ts'
import { reachedIn, rubricIn } from './rubrics.ts'
import { wordsIn } from './words.ts'
import { zoneName } from './zones.ts'

type Parts = {
  rounds: Submission[]
  files: HandedFile[]
  brief: { language: string; html: string; status: string }
  releases: Release[]
  form: Kept
  kinds: { kinds: string; count: number }
}

/** The assignment as it stands before its learner. Nothing of marks is known here: a grade is what was released. */
export function presentAssignment(req: Request, place: Place, { rounds, files, brief, releases, form, kinds }: Parts) {
  const last = rounds.at(-1)
  const draft = last?.status === 'draft' ? last : undefined
  const due = dueNow(place, last)
  const writing = mayWrite(place.trainingStatus, last)
  const returned = rounds.findLast(round => round.status === 'returned')
  const late = isLate(due)
  return {
    ...headOf(req, place),
    brief: { html: brief.html, language: brief.language, unreviewed: brief.status === 'not_reviewed' },
    rubric: rubricIn(req.lang, place.criteria),
    passPercent: place.passPercent,
    anonymous: place.anonymous,
    due: due && dueWords(req, place, due),
    late,
    rounds: { used: rounds.filter(round => round.handedInAt).length, allowed: place.rounds },
    // With the markers or through: the learner sees the same until the grade is released.
    waits:
      last && last.status !== 'draft' && !releases.length ? { handedInAt: last.handedInAt, round: last.round } : null,
    returned: draft && returned ? { comment: returned.returnedComment, at: returned.returnedAt } : null,
    closed: writing.ok || last?.handedInAt ? null : req.t(`refusals.${writing.reason}`),
    writes: writing.ok,
    nothingYet: !draft?.body.trim() && !files.length,
    form,
    errorOf: errorsOf(form),
    fileErrors: form.errors.filter(({ field }) => field === 'files').map(({ text }) => text),
    newer: typeof req.body?.newer === 'string' ? req.body.newer : null,
    revision: draft?.revision ?? 0,
    savedAt: draft?.savedAt ?? null,
    languages: languagesOf(req, place, String(form.values.language)),
    files: filesIn(req, place, files),
    room: files.length < MOST_FILES,
    hint: req.t('assignments.filesHint', { ...kinds, most: MOST_FILES }),
    past: rounds.filter(round => round.handedInAt).map(round => pastRound(place, round)),
    grade: gradeOf(req, place, releases),
  }
}

/** The last look before handing in. */
export function presentCheck(
  req: Request,
  place: Place,
  { draft, files, verdict, form }: { draft: Submission; files: HandedFile[]; verdict: Verdict; form: Kept },
) {
  const due = dueNow(place, draft)
  return {
    ...headOf(req, place),
    due: due && dueWords(req, place, due),
    body: draft.body.trim(),
    words: wordsOf(draft.body),
    language: languageName(draft.language, req.lang),
    lang: draft.language,
    files: filesIn(req, place, files),
    anonymous: place.anonymous,
    reason: verdict.ok ? null : req.t(`refusals.${verdict.reason}`),
    form,
  }
}

/** What was handed in, for its learner, with the receipt. */
export function presentRound(req: Request, place: Place, round: Submission, files: HandedFile[]) {
  return {
    ...headOf(req, place),
    round: round.round,
    handedInAt: times(req, place, round.handedInAt!),
    receipt: round.receipt,
    body: round.body.trim(),
    words: wordsOf(round.body),
    language: languageName(round.language, req.lang),
    lang: round.language,
    files: filesIn(req, place, files),
    returned: round.returnedAt ? { comment: round.returnedComment, at: round.returnedAt } : null,
  }
}

/** Letters and figures of a hash that people can compare by eye: the first 48 bits. */
export const shortHash = (sha256: string): string => sha256.slice(0, 12).toUpperCase().match(/.{4}/g)!.join('-')

export const wordsOf = (text: string): number => text.split(/\s+/).filter(Boolean).length

/** A moment on the wall of the training and on one's own. */
export function times(req: Request, { zone }: Pick<Place, 'zone'>, at: Temporal.Instant) {
  const say = speakerOf(req)
  return {
    host: momentIn(say, at, zone),
    own: momentIn(say, at, req.actor.zone),
    same: clockTime(at, zone) === clockTime(at, req.actor.zone),
    datetime: at.toString(),
  }
}

export const momentIn = (say: Speaker, at: Temporal.Instant, zone: string): string =>
  say.t('layout.inZone', { time: dateInWords(at, say.tag, zone, 'datetime'), zone: zoneName(zone, say.t) })

const clockTime = (at: Temporal.Instant, zone: string) => at.toZonedDateTimeISO(zone).toPlainDateTime().toString()

const isLate = (due: Due | null) => {
  const verdict = mayHandIn({ body: 'x' } as Submission, 1, due, now())
  return !verdict.ok
}

const dueWords = (req: Request, place: Place, due: Due) => times(req, place, due.at)

function headOf(req: Request, place: Place) {
  const training = `/trainings/${place.code}`
  return {
    code: place.code,
    course: wordsIn(place.title, req.lang),
    title: wordsIn(place.assignmentTitle, req.lang),
    training,
    base: `${training}/assignment`,
  }
}

function languagesOf(req: Request, place: Place, chosen: string) {
  const known = OFFICIAL_LANGUAGES.find(code => code === chosen)
  const codes = [...new Set([...place.languages, ...(known ? [known] : [])])]
  return codes.map(value => ({ value, label: languageName(value, req.lang), selected: value === chosen }))
}

const filesIn = (req: Request, place: Place, files: HandedFile[]) =>
  files.map(({ id, name, size, sha256 }) => ({
    id,
    name,
    size: sizeInWords(req, size),
    hash: shortHash(sha256),
    href: `/trainings/${place.code}/assignment/files/${id}`,
  }))

const pastRound = (place: Place, round: Submission) => ({
  round: round.round,
  handedInAt: round.handedInAt,
  returned: round.returnedAt !== null,
  href: `/trainings/${place.code}/assignment/rounds/${round.round}`,
})

function gradeOf(req: Request, place: Place, releases: Release[]) {
  const current = releases.at(-1)
  if (!current) return null
  const percent = (release: Release) =>
    req.t('attempts.percent', { value: numberIn(req.lang, Number(release.percent)) })
  return {
    percent: percent(current),
    passed: Number(current.percent) >= place.passPercent,
    at: current.at,
    levels: reachedIn(req, place.criteria, current.levels),
    comments: current.comments,
    changes: releases.slice(1).map((release, index) => ({
      at: release.at,
      from: percent(releases[index]!),
      to: percent(release),
      reason: release.reason,
    })),
  }
}
