import type { Request } from 'express'
import { kindOfType } from '../../lib/file-kinds.ts'
import type { BankComment } from '../../models/commenting.ts'
import type { finishedEssays, WaitingEssay } from '../../models/essay.ts'
import type { finishedBy, KnownMark, WaitingWork, Work } from '../../models/marked-work.ts'
import { apart, type Part } from '../../models/rubric.ts'
import type { HandedFile } from '../../models/submission.ts'
import type { readyIn } from '../../models/releasing.ts'
import type { Kept } from '../request.ts'
import { shortHash, wordsOf } from './assignments.ts'
import { essayLines } from './essay-lines.ts'
import { languageName } from './languages.ts'
import { sizeInWords } from '../../models/file-sizes.ts'
import { errorsOf } from '../forms/again.ts'
import { wordsIn } from './words.ts'

type Desk = {
  waiting: WaitingWork[]
  finished: Awaited<ReturnType<typeof finishedBy>>
  essays: { waiting: WaitingEssay[]; finished: Awaited<ReturnType<typeof finishedEssays>> }
  ready: Awaited<ReturnType<typeof readyIn>>
}

/** What waits for a marker, what they have finished, and what the trainer in charge may release. */
export function presentDesk(req: Request, { waiting, finished, essays, ready }: Desk) {
  return {
    waiting: waiting.map(work => ({
      href: `/marking/${work.id}`,
      name: work.learner ?? req.t('marking.work', { number: work.id }),
      course: `${work.code}: ${wordsIn(work.title, req.lang)}`,
      round: work.round,
      language: languageName(work.language, req.lang),
      handedInAt: work.handedInAt,
      state: work.apart ? 'apart' : work.started ? 'started' : null,
    })),
    finished: finished.map(work => ({
      href: `/marking/${work.id}`,
      name: req.t('marking.work', { number: work.id }),
      course: work.code,
      finalAt: work.finalAt,
    })),
    essays: essayLines(req, essays.waiting),
    finishedEssays: essays.finished.map(essay => ({
      href: `/marking/essays/${essay.id}`,
      name: req.t('essays.answer', { number: essay.id }),
      course: essay.code,
      finalAt: essay.finalAt,
    })),
    ready: ready.map(({ id, code, title, ready: count }) => ({ id, code, title: wordsIn(title, req.lang), count })),
  }
}

type Parts = {
  work: Work
  files: HandedFile[]
  part: Part | undefined
  own: KnownMark | undefined
  marks: KnownMark[]
  waiting: WaitingWork[]
  bank: BankComment[]
  form: Kept
}

/** One work before its marker: what was handed in, and the rubric to judge it by. */
export function presentWork(req: Request, { work, files, part, own, marks, waiting, bank, form }: Parts) {
  const place = waiting.findIndex(({ id }) => id === work.id)
  const next = waiting.slice(place + 1)[0] ?? waiting.find(({ id }) => id !== work.id)
  const errorOf = errorsOf(form)
  const open = form.errors.length ? String(form.values.go) === 'final' : false
  return {
    id: work.id,
    base: `/marking/${work.id}`,
    name: work.learner?.name ?? req.t('marking.work', { number: work.id }),
    hidden: work.learner === null,
    course: `${work.code}: ${wordsIn(work.title, req.lang)}`,
    assignment: wordsIn(work.assignmentTitle, req.lang),
    round: work.round,
    rounds: work.rounds,
    status: work.status,
    handedInAt: work.handedInAt,
    body: work.body.trim(),
    words: wordsOf(work.body),
    lang: work.language,
    language: languageName(work.language, req.lang),
    files: files.map((file, index) => ({
      name: work.learner ? file.name : neutralName(work, file, index),
      size: sizeInWords(req, file.size),
      hash: shortHash(file.sha256),
      href: `/marking/${work.id}/files/${file.id}`,
    })),
    part: part ?? null,
    second: work.markers === 2,
    mayReturn: work.round < work.rounds && part !== 'agreed' && !marks.some(mark => mark.finalAt),
    criteria: criteriaOf(req, work, form, open),
    /** The highest key that chooses a level. */
    most: Math.max(...work.criteria.map(each => each.levels.length)),
    apart: part === 'agreed' ? apartOn(req, work, marks) : [],
    marks: marks
      .filter(mark => mark.finalAt && mark !== own)
      .map(mark => ({
        title: req.t(`marking.part.${mark.part}`, { name: mark.marker }),
        comment: mark.comment,
        levels: work.criteria.map(({ id, title, levels }) => ({
          title: wordsIn(title, req.lang),
          text: levels[mark.levels[id] ?? -1] ? wordsIn(levels[mark.levels[id]!]!.text, req.lang) : '',
        })),
      })),
    form,
    errorOf,
    savedAt: own?.savedAt ?? null,
    bank: bankOptions(bank),
    left: waiting.length,
    next: next ? `/marking/${next.id}` : null,
  }
}

/** The sentences of a marker's bank to choose from. */
export const bankOptions = (bank: BankComment[]) =>
  bank.map(({ id, text }) => ({ value: id, label: text.length > 90 ? `${text.slice(0, 88)}…` : text, text }))

/** A name that says nothing of whose file it is. */
export const neutralName = (work: Pick<Work, 'id' | 'round'>, file: HandedFile, index: number): string =>
  `work-${work.id}-${work.round}-${index + 1}.${kindOfType(file.type) ?? 'bin'}`

function criteriaOf(req: Request, work: Work, form: Kept, markOpen: boolean) {
  return work.criteria.map(({ id, title, weight, levels }, index) => {
    const value = form.values[`level-${id}`]
    return {
      name: `level-${id}`,
      number: index + 1,
      legend: req.t('marking.criterion', { title: wordsIn(title, req.lang), weight }),
      value: typeof value === 'string' ? value : '',
      error: markOpen && typeof value !== 'string' ? req.t('marking.errors.level') : undefined,
      options: levels.map(({ points, text }, place) => ({
        value: String(place),
        label: `${req.t('assignments.points', { count: points })} ${wordsIn(text, req.lang)}`,
      })),
    }
  })
}

function apartOn(req: Request, work: Work, marks: KnownMark[]): string[] {
  const [first, second] = ['first', 'second'].map(part => marks.find(mark => mark.part === part))
  if (!first || !second) return []
  return apart(work.criteria, first.levels, second.levels).map(id =>
    wordsIn(work.criteria.find(each => each.id === id)!.title, req.lang),
  )
}
