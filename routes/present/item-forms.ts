import type { Request } from 'express'
import type { ItemProblem } from '../../models/curriculum/checking/item.ts'
import { type Input, inputsOfRow, type Rows } from '../../models/items/inputs.ts'
import type { ItemType } from '../../models/items/kind.ts'
import { KINDS } from '../../models/items/kinds.ts'
import { type Fields, rawOf } from '../forms/items.ts'
import { fieldId } from '../forms/item-pages.ts'
import type { FieldError } from '../request.ts'

/** A field of the form of a question, in the shape its partial shows (views/manage/items/_input.ejs). */
export type Shown = {
  id: string
  name: string
  label: string
  hint?: string | undefined
  error?: string | undefined
} & (
  | { as: 'words' | 'lines'; long: boolean; optional: boolean; sides: Side[] }
  | { as: 'number' | 'name' | 'key' | 'picture'; value: string }
  | { as: 'right'; checked: boolean }
  | { as: 'rows'; fixed: boolean; ordered: boolean; rows: Row[]; add: { value: string; label: string; at: string }[] }
)
type Side = { id: string; name: string; lang: 'en' | 'ru'; label: string; value: string; error?: string | undefined }
type Row = {
  id: string
  title: string
  number: number
  type: string | null
  typeName: string
  inputs: Shown[]
  first: boolean
  last: boolean
}
type Showing = { req: Request; fields: Fields; errors: FieldError[] }

/** The fields of a kind's own part, filled with what was typed. */
export function inputsShown(req: Request, type: ItemType, fields: Fields, errors: FieldError[]): Shown[] {
  const raw = rawOf(KINDS[type].inputs, fields)
  return KINDS[type].inputs.map(input => shown({ req, fields, errors }, input, raw[input.name], input.name))
}

const LANGUAGES = ['en', 'ru'] as const

function shown(showing: Showing, input: Input, value: unknown, name: string): Shown {
  const { req, fields } = showing
  const label = labelOf(req, input)
  const field = { id: fieldId(name), name, label, error: errorAt(showing, name), hint: hintOf(req, input) }
  if (input.as === 'rows') return { ...field, ...rowsShown(showing, input, value, name) }
  if (input.as === 'right') return { ...field, as: 'right', checked: value === true }
  if (input.as !== 'words' && input.as !== 'lines') return { ...field, as: input.as, value: String(fields[name] ?? '') }
  const long = input.as === 'lines' || input.long === true
  const sides = LANGUAGES.map(lang => sideOf(showing, `${name}.${lang}`, label, lang))
  return { ...field, as: input.as, long, optional: input.as === 'words' && input.optional === true, sides }
}

const sideOf = (showing: Showing, name: string, label: string, lang: 'en' | 'ru'): Side => ({
  ...{ id: fieldId(name), name, lang, value: String(showing.fields[name] ?? '') },
  ...{ label: showing.req.t(`items.in.${lang}`, { label }), error: errorAt(showing, name) },
})

function rowsShown(showing: Showing, input: Rows & { name: string }, value: unknown, name: string) {
  const { req } = showing
  const rows = Array.isArray(value) ? value : []
  const types = Object.keys(input.types ?? {})
  const add = types.length ? types : [null]
  return {
    as: 'rows' as const,
    fixed: input.fixed === true,
    ordered: input.ordered === true,
    rows: rows.map((row, index) => rowShown(showing, input, row, { name, index, last: index === rows.length - 1 })),
    add: add.map(type => ({
      value: type ? `add ${name} ${type}` : `add ${name}`,
      at: `${fieldId(name)}-${rows.length}`,
      label: type
        ? req.t(`items.add.${input.name}`, { type: req.t(`items.types.${type}`) })
        : req.t(`items.add.${input.name}`),
    })),
  }
}

function rowShown(
  showing: Showing,
  input: Rows & { name: string },
  row: unknown,
  { name, index, last }: { name: string; index: number; last: boolean },
): Row {
  const { req } = showing
  const at = `${name}.${index}`
  const type = input.types ? String((row as { type?: string }).type) : null
  const inputs = inputsOfRow(input, row) ?? [{ as: 'words', name: '', label: 'text' } satisfies Input]
  return {
    ...{ id: fieldId(at), number: index + 1, type, first: index === 0, last },
    title: req.t(`items.row.${input.name}`, { number: index + 1 }),
    typeName: type ? req.t(`items.types.${type}`) : '',
    inputs: inputs.map(each =>
      shown(
        showing,
        each,
        each.name ? (row as Record<string, unknown>)[each.name] : row,
        each.name ? `${at}.${each.name}` : at,
      ),
    ),
  }
}

const labelOf = (req: Request, input: Input) => req.t(`items.fields.${input.label ?? input.name}`)

const HINTED = ['accepted', 'tolerance', 'gapText', 'gapName', 'extra', 'steps', 'picture', 'scale', 'answer']
function hintOf(req: Request, input: Input): string | undefined {
  const key = input.label ?? input.name
  return HINTED.includes(key) ? req.t(`items.hints.${key}`) : undefined
}

const errorAt = ({ errors }: Showing, name: string) => errors.find(({ field }) => field === fieldId(name))?.text

type Place = { id: string; label: string }

/** What the check found, each beside the field or the list it is about, and named as the page names it. */
export function errorsOf(req: Request, type: ItemType, fields: Fields, problems: ItemProblem[]): FieldError[] {
  const places = placesOf(req, type, fields)
  const told = problems.map(({ at, kind }): FieldError => {
    // The path may lead deeper than the page does: to a line of a field, or into the words of one that is missing.
    const ids = at.map((_, end) => fieldId(at.slice(0, at.length - end).join('.')))
    const place = ids.map(id => places.get(id)).find(Boolean)
    const words = req.t(`items.problems.${kind}`)
    return { field: place?.id ?? '', text: place ? `${place.label}: ${words}` : words }
  })
  return [...new Map(told.map(each => [`${each.field}|${each.text}`, each])).values()]
}

/** Every field and list of a question's form, by its id. */
export const placesOf = (req: Request, type: ItemType, fields: Fields): Map<string, Place> =>
  new Map([...commonPlaces(req), ...placesIn(inputsShown(req, type, fields, []))])

function commonPlaces(req: Request): [string, Place][] {
  const label = req.t('items.fields.prompt')
  const sides = LANGUAGES.map((lang): [string, Place] => [
    `prompt-${lang}`,
    { id: `prompt-${lang}`, label: req.t(`items.in.${lang}`, { label }) },
  ])
  const alone = ['outcome', 'difficulty', 'points', 'tags', 'sources'].map((name): [string, Place] => [
    name,
    { id: name, label: req.t(`items.common.${name}`) },
  ])
  return [['prompt', { id: 'prompt-en', label }], ...sides, ...alone]
}

/** Every field and list by its id, called by its row first: "Option 2, why (Russian)". */
function placesIn(inputs: Shown[], before = ''): [string, Place][] {
  return inputs.flatMap((input): [string, Place][] => {
    const called = (label: string) => (before ? `${before}, ${lower(label)}` : label)
    const place = (id: string, label: string): [string, Place] => [id, { id, label: called(label) }]
    if (input.as === 'rows')
      return [place(input.id, input.label), ...input.rows.flatMap(row => placesIn(row.inputs, called(row.title)))]
    if (input.as === 'key') return []
    if (input.as !== 'words' && input.as !== 'lines') return [place(input.id, input.label)]
    // Words as a whole have no field of their own: the first one stands for both.
    return [
      [input.id, { id: input.sides[0]!.id, label: called(input.label) }],
      ...input.sides.map(side => place(side.id, side.label)),
    ]
  })
}

const lower = (text: string) => text.charAt(0).toLocaleLowerCase() + text.slice(1)
