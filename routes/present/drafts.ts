import type { Request } from 'express'
import type { Diagram } from '../../models/curriculum/diagram.ts'
import type { PieceProblem } from '../../models/curriculum/drafted.ts'
import { translator } from '../../models/curriculum/own-words.ts'
import { type Piece, pieceName, type PieceContent } from '../../models/curriculum/pieces.ts'
import type { LessonFacts } from '../../models/curriculum/pieces/lesson.ts'
import { wordsIn } from '../../models/curriculum/words-in.ts'
import { inWords } from '../../models/curriculum/problem.ts'
import { type Home, rendered } from '../../models/curriculum/rendering.ts'
import type { WrittenModule } from '../../models/curriculum/writing.ts'
import { type Draft, type DraftPart, LANGUAGES } from '../../models/draft.ts'
import { type Remark, standsIn } from '../../models/remark.ts'
import { WORD } from '../forms/drafts.ts'
import type { FieldError } from '../request.ts'

export const WORKSHOP = '/manage/curriculum'

/** The address of a piece, without its language. */
export const pieceAddress = (piece: { kind: string; code: string }): string => `${WORKSHOP}/${pieceName(piece)}`

/** What every page of a piece begins with. */
export function pieceHead(req: Request, piece: Piece, content: PieceContent) {
  const language = LANGUAGES.find(each => each === req.lang) ?? 'en'
  const title = String(content[language].title ?? '')
  return {
    address: pieceAddress(piece),
    module: piece.module,
    name: pieceName(piece),
    kind: piece.kind,
    kindWord: req.t(`drafts.kind.${piece.kind}`),
    title,
  }
}

const CARD_TEXTS = ['aim', 'audience', 'summary']

/** Both languages of a piece as readers will see them, by the one renderer there is. */
export function sidesOf({ card, diagrams, files }: WrittenModule, content: PieceContent) {
  const home = { code: card.code, diagrams, files }
  return LANGUAGES.map(language => {
    const { title = '', body, ...texts } = content[language] as Record<string, string>
    return {
      language,
      t: translator(language),
      title,
      html: body === undefined ? null : body && htmlOf(home, body, language),
      texts: CARD_TEXTS.filter(field => texts[field]).map(field => ({ field, text: texts[field]! })),
    }
  })
}

/** A diagram in both languages as readers will see it. */
export const diagramSides = ({ card }: WrittenModule, diagram: Diagram) =>
  LANGUAGES.map(language => {
    const home = { code: card.code, diagrams: [diagram], files: [] }
    const side = { language, t: translator(language), title: diagram.code, texts: [] }
    return { ...side, html: htmlOf(home, `![](diagram:${diagram.code})`, language) }
  })

const htmlOf = (home: Home, body: string, language: 'en' | 'ru'): string =>
  apart(rendered(home, body, translator(language), language).html, language)

// Two texts stand on one page: ids of each carry its language, and sources are listed on neither.
const apart = (html: string, language: string): string =>
  html
    .replace(/(\sid=")(part-\d+")/g, `$1${language}-$2`)
    .replace(/(\saria-labelledby=")(part-\d+")/g, `$1${language}-$2`)
    .replace(/(\saria-label="[^"]*)"/g, `$1 (${language})"`)
    .replace(/<a class="citation" href="#source-\d+">(\[\d+\])<\/a>/g, '<span class="citation">$1</span>')

/** Fields of the editor's page with what stands in them. */
export function fieldsOf(content: PieceContent): Record<string, unknown> {
  const texts = LANGUAGES.flatMap(language =>
    Object.entries(content[language]).map(([field, value]) => [`${language}-${field}`, value]),
  )
  return {
    ...Object.fromEntries(texts),
    ...content.all,
    further: (content.all as Partial<LessonFacts>).further?.join(' '),
  }
}

/** What the check says, each with the field it is about and the line in its text. */
export function problemErrors(req: Request, problems: PieceProblem[]): FieldError[] {
  return problems.map(({ part, file, line, inText, ...finding }) => ({
    field: part === 'all' ? '' : `${part}-body`,
    text: inText
      ? req.t('drafts.problemInText', {
          language: req.t(`drafts.language.${part}`),
          line,
          message: inWords(req.t, finding),
        })
      : req.t('drafts.problemIn', { file, line, message: inWords(req.t, finding) }),
  }))
}

/** The state of a draft in words, with the tag it is shown by. */
export const stateTag = (req: Request, status: Draft['status']) => ({
  word: req.t(`drafts.state.${status}`),
  kind: status === 'ru_reviewed' ? 'success' : status === 'draft' ? 'todo' : 'current',
})

/** When and by whom each part was saved last. */
export const savedRows = (req: Request, parts: DraftPart[]) =>
  parts.map(({ part, revision, savedAt, savedByName }) => ({
    part: req.t(`drafts.language.${part}`),
    revision,
    at: savedAt,
    by: savedByName,
  }))

/** A remark with the words around it; whether the passage it quotes still stands in the text. */
export const remarkCard = (req: Request, remark: Remark, content: PieceContent) => ({
  ...remark,
  lang: remark.part === 'all' ? 'en' : remark.part,
  partWord: req.t(`drafts.language.${remark.part}`),
  gone: !standsIn(remark.quote, content[remark.part]),
})

/**
 * Words of what is common to both languages, for who writes the Russian alone: of outcomes, of a rubric, of diagrams.
 * Each says which entry of which list it belongs to.
 */
export function wordFields(req: Request, { all }: PieceContent) {
  const [en, ru] = [wordsIn(all, 'en'), wordsIn(all, 'ru')]
  return Object.keys(en).map((place, at, places) => {
    const [list, number] = place.split('-')
    const same = places.filter(each => each.startsWith(`${list}-${number}-`))
    const entry = req.t(`drafts.words.${list}`, { number })
    return {
      ...{ name: `${WORD}${place}`, english: en[place]!, russian: ru[place]! },
      label: same.length > 1 ? req.t('drafts.words.one', { entry, number: same.indexOf(places[at]!) + 1 }) : entry,
    }
  })
}
