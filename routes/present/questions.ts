import type { Request } from 'express'
import {
  type Choice,
  type Face,
  type ItemType,
  type Judged,
  type Mix,
  type Said,
  under,
  type Value,
} from '../../models/items/kind.ts'
import { faceOf, judgedOf, type Typed } from '../../models/items/kinds.ts'
import { wordsIn } from './words.ts'

/** A question as a page asks it. Not a word of it says what is right. */
export type Question = ReturnType<typeof presentQuestion>

export type Asked = Typed & { prompt: { en: string; ru: string }; points?: number }

/**
 * The fields of a question, filled with `value`.
 * @param name of its lone field; several are called `name.path`
 */
export function presentQuestion(req: Request, name: string, item: Asked, value: Value, mix: Mix) {
  return { prompt: wordsIn(item.prompt, req.lang), ...faceIn(req, name, item, faceOf(item, mix), value) }
}

/** What was answered and what is right, with reasons, in the reader's language. */
export const presentJudged = (req: Request, item: Asked, value: Value, mix: Mix) =>
  judgedIn(req, item.type, judgedOf(item, value, mix), value)

/** An answer in words, without a word on whether it is right. */
export function presentAnswer(req: Request, item: Asked, value: Value): string[] {
  return answersIn(
    req,
    faceOf(item, (_, things) => things),
    value,
  )
}

function answersIn(req: Request, face: Face, value: Value): string[] {
  const entry = (path: string) => value.find(each => each.startsWith(`${path}=`))?.slice(path.length + 1)
  const named = (choices: Choice[], id = '') => choices.filter(each => each.id === id).map(each => said(req, each.text))
  if (face.as === 'choices')
    return face.options.filter(({ id }) => value.includes(id)).map(({ text }) => said(req, text))
  if (face.as === 'rows')
    return face.rows.flatMap(({ path, text }) =>
      named(face.choices, entry(path)).map(choice => `${wordsIn(text, req.lang)}: ${choice}`),
    )
  if (face.as === 'gaps')
    return face.gaps.flatMap(({ path, of, choices }, index) => {
      const words = of === 'choice' ? named(choices, entry(path)) : [entry(path) ?? ''].filter(Boolean)
      return words.map(each => `${req.t('attempts.gap', { number: index + 1 })}: ${each}`)
    })
  if (face.as === 'group') return face.members.flatMap(each => answersIn(req, each.face, under(value, each.id)))
  return value.slice(0, 1)
}

type Facing = { type: ItemType; prompt: { en: string; ru: string }; points?: number }

function faceIn(req: Request, name: string, item: Facing, face: Face, value: Value): Fields {
  const field = (path: string) => ({ name: path ? `${name}.${path}` : name, id: idOf(path ? `${name}.${path}` : name) })
  const filled = (path: string) =>
    (path ? value.find(entry => entry.startsWith(`${path}=`))?.slice(path.length + 1) : value[0]) ?? ''
  const hint = hintOn(req, item)
  if (face.as === 'choices')
    return {
      as: 'choices',
      hint,
      several: face.several,
      ...field(''),
      options: face.options.map(each => choiceIn(req, each)),
      values: value,
    }
  if (face.as === 'rows') {
    const choices = face.choices.map(each => choiceIn(req, each))
    const rows = face.rows.map(({ path, text }) => ({
      ...field(path),
      label: wordsIn(text, req.lang),
      value: filled(path),
    }))
    return { as: 'rows', hint, of: face.of, choices, rows }
  }
  if (face.as === 'line')
    return {
      as: 'line',
      hint,
      of: face.of,
      ...field(''),
      value: filled(''),
      unit: face.unit ? wordsIn(face.unit, req.lang) : null,
    }
  if (face.as === 'long') return { as: 'long', hint, ...field(''), value: filled('') }
  if (face.as === 'scale') {
    const label = (step: number) =>
      step === 1
        ? `1 — ${wordsIn(face.low, req.lang)}`
        : step === face.steps.length
          ? `${step} — ${wordsIn(face.high, req.lang)}`
          : String(step)
    const options = face.steps.map(step => ({ value: String(step), label: label(step) }))
    return { as: 'choices', hint, several: false, ...field(''), options, values: value }
  }
  if (face.as === 'gaps') {
    const gaps = face.gaps.map(({ path, of, choices }, index) => ({
      ...field(path),
      ...{ of, number: index + 1, value: filled(path) },
      choices: choices.map(each => choiceIn(req, each)),
    }))
    return {
      as: 'gaps',
      hint,
      paragraphs: piecesOf(
        wordsIn(face.text, req.lang),
        face.gaps.map(({ id }) => id),
        gaps,
      ),
    }
  }
  const members = face.members.map(each => {
    const own = under(value, each.id)
    return { prompt: wordsIn(each.prompt, req.lang), ...faceIn(req, `${name}.${each.id}`, each, each.face, own) }
  })
  return { as: 'group', paragraphs: paragraphsOf(wordsIn(face.text, req.lang)), members }
}

type Field = { name: string; id: string }
type Shown = { value: string; label: string; picture?: string }
type GapField = Field & { of: string; number: number; value: string; choices: Shown[] }
type Fields =
  | ({ as: 'choices'; hint?: string; several: boolean; options: Shown[]; values: string[] } & Field)
  | {
      as: 'rows'
      hint?: string
      of: 'pairs' | 'places'
      choices: Shown[]
      rows: (Field & { label: string; value: string })[]
    }
  | ({ as: 'line'; hint?: string; of: 'number' | 'words'; value: string; unit: string | null } & Field)
  | ({ as: 'long'; hint?: string; value: string } & Field)
  | { as: 'gaps'; hint?: string; paragraphs: (string | GapField)[][] }
  | { as: 'group'; paragraphs: string[]; members: ({ prompt: string } & Fields)[] }

const idOf = (name: string) => name.replaceAll('.', '-')
const said = (req: Request, text: Said) => (typeof text === 'string' ? text : wordsIn(text, req.lang))
const choiceIn = (req: Request, { id, text, picture }: Choice): Shown => ({
  value: id,
  label: said(req, text),
  ...(picture ? { picture } : {}),
})
const paragraphsOf = (text: string) => text.split(/\n\s*\n/).map(each => each.trim())

/** A text with gaps as pieces: words, and the fields that stand between them. */
function piecesOf(text: string, ids: string[], gaps: GapField[]): (string | GapField)[][] {
  return paragraphsOf(text).map(paragraph =>
    paragraph
      .split(/(\[\[[^\]]*\]\])/)
      .filter(Boolean)
      .map(piece => {
        const gap = piece.startsWith('[[') ? gaps[ids.indexOf(piece.slice(2, -2).trim())] : undefined
        return gap ?? piece
      }),
  )
}

const PLAIN: ItemType[] = ['single', 'true_false', 'picture', 'scenario']
const SHARED: ItemType[] = ['multiple', 'matching', 'ordering', 'cloze']

/** What to do, unless the question says so itself, and how its parts count. */
function hintOn(req: Request, { type, prompt, points }: Facing): string | undefined {
  if (PLAIN.includes(type)) return undefined
  const hint = req.t(`attempts.hint.${type}`)
  const said = wordsIn(prompt, req.lang).includes(hint) ? [] : [hint]
  if (type === 'essay' && points) said.push(req.t('attempts.rule.essay', { count: points }))
  return [...said, ...(SHARED.includes(type) ? [req.t(`attempts.rule.${type}`)] : [])].join(' ') || undefined
}

type Told = {
  answered: boolean
  options?: { text: string; picture?: string | undefined; chosen: boolean; right: boolean; feedback: string }[]
  lines?: { about: string | null; given: string | null; right: string | null; ok: boolean; feedback: string | null }[]
  feedback: string | null
  members?: (Told & { prompt: string })[]
}

function judgedIn(req: Request, type: ItemType, judged: Judged, value: Value): Told {
  const { options, lines, feedback, members } = judged
  const place = (text: Said | null) => (text === null ? null : said(req, text))
  const about = (text: Said | null) =>
    type === 'cloze' && text ? req.t('attempts.gap', { number: text }) : place(text)
  return {
    answered: value.length > 0,
    ...(options && {
      options: options.map(each => ({
        ...each,
        text: wordsIn(each.text, req.lang),
        feedback: wordsIn(each.feedback, req.lang),
      })),
    }),
    ...(lines && {
      lines: lines.map(each => ({
        ...{ about: about(each.about), given: place(each.given), right: place(each.right), ok: each.ok },
        feedback: each.feedback ? wordsIn(each.feedback, req.lang) : null,
      })),
    }),
    feedback: feedback ? wordsIn(feedback, req.lang) : null,
    ...(members && {
      members: members.map(each => ({
        prompt: wordsIn(each.prompt, req.lang),
        ...judgedIn(req, type, each.judged, each.value),
      })),
    }),
  }
}
