import type { Request } from 'express'
import type { AssignmentFacts } from '../../models/curriculum/pieces/assignment.ts'
import type { CardFacts } from '../../models/curriculum/pieces/card.ts'
import type { LessonFacts } from '../../models/curriculum/pieces/lesson.ts'
import { partHash, type PieceContent } from '../../models/curriculum/pieces.ts'
import type { DraftPart, PartName, PieceKind } from '../../models/draft.ts'
import type { Change, Seen } from '../../models/drafting.ts'

/** Fields of the editor's page, by the language they are in; `all` is read by its kind. */
const TEXTS: { [K in PieceKind]: string[] } = {
  lesson: ['title', 'body'],
  card: ['title', 'aim', 'audience', 'summary'],
  assignment: ['title', 'body'],
}

export const PARTS: PartName[] = ['en', 'ru', 'all']

/** What was typed, in parts; fields that the page did not have keep what stands. */
export function postedContent(kind: PieceKind, body: Record<string, unknown>, standing: PieceContent): PieceContent {
  return {
    en: textsIn('en', kind, body, standing.en),
    ru: textsIn('ru', kind, body, standing.ru),
    all: FACTS[kind](body, standing.all),
  }
}

/** Every part as a change, begun from the revisions the page was made with. */
export function changesOf(content: PieceContent, seen: unknown): Change[] {
  const revisions = seenIn(seen)
  return PARTS.map(part => ({ part, content: content[part], seen: revisions.get(part) ?? { revision: 0, hash: '' } }))
}

/** What a page was made with, for its hidden field: `en.3.<hash> ru.5.<hash> all.1.<hash>`. */
export const seenText = (parts: DraftPart[]): string =>
  parts.map(({ part, revision, content }) => `${part}.${revision}.${partHash(content)}`).join(' ')

function seenIn(text: unknown): Map<string, Seen> {
  const marks = typeof text === 'string' ? text.split(' ') : []
  return new Map(
    marks.flatMap(mark => {
      const [, part, revision, hash] = /^(en|ru|all)\.(\d{1,9})\.([\w-]+)$/.exec(mark) ?? []
      return part ? [[part, { revision: Number(revision), hash: hash! }] as const] : []
    }),
  )
}

const textsIn = (language: string, kind: PieceKind, body: Record<string, unknown>, standing: Record<string, unknown>) =>
  Object.fromEntries(
    TEXTS[kind].map(field => {
      const value = body[`${language}-${field}`]
      return [field, typeof value === 'string' ? plain(value) : standing[field]]
    }),
  )

// Browsers end lines in their own way; a text ends where its words do.
const plain = (text: string): string => text.normalize('NFC').replace(/\r\n?/g, '\n').trim()

type Fields = Record<string, unknown>
const FACTS: { [K in PieceKind]: (body: Fields, standing: Fields) => Fields } = {
  lesson: (body, standing) => {
    const { minutes, further } = standing as LessonFacts
    const chosen = Object.keys(body).filter(name => name.startsWith('outcome-'))
    return {
      minutes: numberIn(body.minutes) ?? minutes,
      outcomes: body.facts ? chosen.map(name => name.slice('outcome-'.length)).toSorted() : standing.outcomes,
      further: typeof body.further === 'string' ? body.further.split(/[\s,]+/).filter(Boolean) : further,
    } satisfies LessonFacts | Fields
  },
  card: (body, standing) => {
    const { level, outcomes, test } = standing as CardFacts
    return {
      level: wordIn(body.level) ?? level,
      outcomes: outcomes.map((outcome, at) => ({
        code: outcome.code,
        level: wordIn(body[`outcome-${at}-level`]) ?? outcome.level,
        text: wordsIn(body, `outcome-${at}`, outcome.text),
      })),
      ...(test
        ? {
            test: {
              ...test,
              pass_percent: numberIn(body.passPercent) ?? test.pass_percent,
              attempts: numberIn(body.attempts) ?? test.attempts,
              minutes: numberIn(body.testMinutes) ?? test.minutes,
            },
          }
        : {}),
    }
  },
  assignment: (body, standing) => {
    const facts = standing as AssignmentFacts
    return {
      ...facts,
      pass_percent: numberIn(body.passPercent) ?? facts.pass_percent,
      rounds: numberIn(body.rounds) ?? facts.rounds,
      due_days: numberIn(body.dueDays) ?? facts.due_days,
      round_days: numberIn(body.roundDays) ?? facts.round_days,
      rubric: facts.rubric.map((criterion, at) => ({
        ...criterion,
        weight: numberIn(body[`weight-${at}`]) ?? criterion.weight,
        title: wordsIn(body, `criterion-${at}`, criterion.title),
        levels: criterion.levels.map((level, step) => ({
          points: numberIn(body[`points-${at}-${step}`]) ?? level.points,
          text: wordsIn(body, `level-${at}-${step}`, level.text),
        })),
      })),
    }
  },
}

const numberIn = (value: unknown): number | undefined =>
  typeof value === 'string' && /^\d{1,4}$/.test(value.trim()) ? Number(value) : undefined
const wordIn = (value: unknown): string | undefined =>
  typeof value === 'string' && /^[a-z_]{1,30}$/.test(value) ? value : undefined

/** Words in both languages, from `<name>-en` and `<name>-ru`. */
function wordsIn(body: Fields, name: string, standing: { en: string; ru: string }) {
  const text = (language: 'en' | 'ru') => {
    const value = body[`${name}-${language}`]
    return typeof value === 'string' ? plain(value) : standing[language]
  }
  return { en: text('en'), ru: text('ru') }
}

/** What stands in a draft, as content of its piece. */
export const contentIn = (parts: DraftPart[]): PieceContent =>
  Object.fromEntries(parts.map(({ part, content }) => [part, content])) as PieceContent

export type Posted = { content: PieceContent; changes: Change[] }

/** The posted page of the editor. */
export function postedDraft(req: Request, kind: PieceKind, parts: DraftPart[]): Posted {
  const content = postedContent(kind, req.body ?? {}, contentIn(parts))
  return { content, changes: changesOf(content, req.body?.revision) }
}
