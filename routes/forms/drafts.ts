import type { Request } from 'express'
import { partHash, type PieceContent } from '../../models/curriculum/pieces.ts'
import type { DraftPart, PartName, PieceKind } from '../../models/draft.ts'
import type { Press } from '../../models/curriculum/restructuring.ts'
import type { Change, Seen } from '../../models/drafting.ts'
import { withWords } from '../../models/curriculum/words-in.ts'
import { contentIn } from '../../models/whole-text.ts'
import type { FieldError } from '../request.ts'
import { FACTS } from './draft-facts.ts'
import { type FactFields, factFields, plain } from './fact-fields.ts'

export { plain } from './fact-fields.ts'

/** Fields of the editor's page, by the language they are in; `all` is read by its kind. */
const TEXTS: { [K in PieceKind]: string[] } = {
  lesson: ['title', 'body'],
  card: ['title', 'aim', 'audience', 'summary'],
  assignment: ['title', 'body'],
}

/** How the fields of such words begin. */
export const WORD = 'ru-word-'

export const PARTS: PartName[] = ['en', 'ru', 'all']

/** What was typed, in parts; fields that the page did not have keep what stands. */
function postedContent(kind: PieceKind, fields: FactFields, body: Record<string, unknown>, standing: PieceContent) {
  return {
    en: textsIn('en', kind, body, standing.en),
    ru: textsIn('ru', kind, body, standing.ru),
    all: withWords(FACTS[kind](fields, standing.all) as Record<string, unknown>, 'ru', russianWords(body)),
  }
}

/** Russian words of what is common to both languages, by their places: fields of a page for translators. */
const russianWords = (body: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) =>
      name.startsWith(WORD) && typeof value === 'string' ? [[name.slice(WORD.length), plain(value)]] : [],
    ),
  )

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

/** `errors`: fields whose numbers cannot be taken; of those what stands is kept. */
export type Posted = { content: PieceContent; changes: Change[]; errors: FieldError[] }

/** The posted page of the editor. */
export function postedDraft(req: Request, kind: PieceKind, parts: DraftPart[]): Posted {
  const body = req.body ?? {}
  const fields = factFields(body)
  const content = postedContent(kind, fields, body, contentIn(parts))
  const errors = fields.wrong.map(({ field, key, ...data }) => ({ field, text: req.t(`drafts.errors.${key}`, data) }))
  return { content, changes: changesOf(content, body.revision), errors }
}

/** Which button of the card's structure was pressed: `outcomes-add`, `lessons-up-RMC-01-L2`. */
export function pressIn(go: unknown): Press | undefined {
  const [, list, act, code = ''] =
    /^(outcomes|lessons)-(?:(add|remove|up|down)(?:-(RMC-[A-Z0-9-]{1,20}))?)$/.exec(String(go)) ?? []
  return list ? ({ list, act, code } as Press) : undefined
}
