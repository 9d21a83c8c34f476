import type { Words } from '../../models/curriculum/shapes.ts'
import { valueAt } from '../../models/curriculum/fitting.ts'
import { type Input, inputsOfRow, type Rows } from '../../models/items/inputs.ts'

/**
 * Questions in forms. A question is a tree, a form is flat: a field is called by the path to its value
 * (`options.2.feedback.ru`). Both ways follow the inputs a kind names (models/items/inputs.ts); wrong values pass
 * through as they were typed, so that the check can speak about them and the page can show them again.
 */
export type Fields = Record<string, unknown>
type Raw = Record<string, unknown>

/** The fields of the form as a question's content. */
export const rawOf = (inputs: Input[], fields: Fields, at = ''): Raw =>
  Object.fromEntries(
    inputs.flatMap((input): [string, unknown][] => {
      const value = valueIn(input, fields, at + input.name)
      return value === undefined ? [] : [[input.name, value]]
    }),
  )

/** A question's content as the fields of the form. */
export const fieldsOf = (inputs: Input[], raw: Raw, at = ''): Record<string, string> =>
  Object.assign({}, ...inputs.map(input => fieldOf(input, raw[input.name], at + input.name)))

/** What is typed into a form that begins: as many empty rows as the kind says. */
export const blankOf = (inputs: Input[]): Raw =>
  Object.fromEntries(
    inputs.map(input => [
      input.name,
      input.as === 'rows'
        ? Array.from({ length: input.start }).reduce<unknown[]>(rows => [...rows, newRow(input, rows)], [])
        : undefined,
    ]),
  )

const typed = (fields: Fields, name: string) => {
  const value = fields[name]
  return typeof value === 'string' ? value.normalize('NFC').replaceAll('\r\n', '\n').trim() : ''
}
const wordsAt = (fields: Fields, at: string): Words => ({
  en: typed(fields, `${at}.en`),
  ru: typed(fields, `${at}.ru`),
})
const linesIn = (text: string) =>
  text
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean)

function valueIn(input: Input, fields: Fields, at: string): unknown {
  if (input.as === 'rows') {
    const rows = rowsAt(fields, at).map(index => rowOf(input, fields, `${at}.${index}`))
    return input.optional && !rows.length ? undefined : rows
  }
  if (input.as === 'right') return fields[at] === 'yes'
  if (input.as === 'number') return numberOf(typed(fields, at))
  if (input.as === 'lines') {
    const { en, ru } = wordsAt(fields, at)
    return { en: linesIn(en), ru: linesIn(ru) }
  }
  if (input.as !== 'words') return typed(fields, at)
  const words = wordsAt(fields, at)
  return input.optional && !words.en && !words.ru ? undefined : words
}

/** A number with a comma or a point; what is none stays as it was typed. */
export function numberOf(text: string): number | string | undefined {
  const number = Number(text.replace(',', '.').replaceAll(/[\s\u2212]/g, sign => (sign === '\u2212' ? '-' : '')))
  return text === '' ? undefined : Number.isFinite(number) ? number : text
}

const MOST_ROWS = 60

/** Places of the rows that were posted under a name, in their order. */
function rowsAt(fields: Fields, at: string): number[] {
  const places = Object.keys(fields).flatMap(name =>
    name.startsWith(`${at}.`) ? [Number(name.slice(at.length + 1).split('.')[0])] : [],
  )
  return [...new Set(places)]
    .filter(place => Number.isInteger(place) && place >= 0 && place < MOST_ROWS)
    .toSorted((a, b) => a - b)
}

function rowOf(rows: Rows, fields: Fields, at: string): unknown {
  const type = rows.types ? { type: typed(fields, `${at}.type`) } : {}
  const inputs = inputsOfRow(rows, type)
  return inputs ? { ...type, ...rawOf(inputs, fields, `${at}.`) } : wordsAt(fields, at)
}

function fieldOf(input: Input, value: unknown, at: string): Record<string, string> {
  if (input.as === 'rows')
    return Object.assign(
      {},
      ...(Array.isArray(value) ? value : []).map((row, index) => fieldsOfRow(input, row, `${at}.${index}`)),
    )
  if (input.as === 'right') return value === true ? { [at]: 'yes' } : {}
  if (input.as === 'words') return wordFields(value, at)
  if (input.as === 'lines') {
    const { en = [], ru = [] } = (value ?? {}) as { en?: string[]; ru?: string[] }
    return { [`${at}.en`]: en.join('\n'), [`${at}.ru`]: ru.join('\n') }
  }
  return { [at]: value === undefined || value === null ? '' : String(value) }
}

export function wordFields(value: unknown, at: string): Record<string, string> {
  const { en = '', ru = '' } = (value ?? {}) as Partial<Words>
  return { [`${at}.en`]: en, [`${at}.ru`]: ru }
}

function fieldsOfRow(rows: Rows, row: unknown, at: string): Record<string, string> {
  const inputs = inputsOfRow(rows, row)
  if (!inputs) return wordFields(row, at)
  const type = rows.types ? { [`${at}.type`]: String((row as Raw).type) } : {}
  return { ...type, ...fieldsOf(inputs, row as Raw, `${at}.`) }
}

/**
 * What a button of the form asks for: `add options`, `add gaps choice`, `remove options.2`, `up steps.1`, `down steps.1`.
 * Anything else asks for nothing.
 */
export type Act =
  | { verb: 'add'; list: string; type?: string }
  | { verb: 'remove' | 'up' | 'down'; list: string; row: number }

export function actOf(text: unknown): Act | undefined {
  const [, list, type] = /^add ([a-z0-9.]{1,60})(?: ([a-z_]{1,20}))?$/.exec(String(text)) ?? []
  if (list) return { verb: 'add', list, ...(type ? { type } : {}) }
  const [, verb, at, row] = /^(remove|up|down) ([a-z0-9.]{1,60})\.(\d{1,2})$/.exec(String(text)) ?? []
  return at ? { verb: verb as 'remove' | 'up' | 'down', list: at, row: Number(row) } : undefined
}

/** The content after a button of the form: a row more, a row less, or a row in another place. */
export function afterAct(inputs: Input[], raw: Raw, act: Act): Raw {
  const path = act.list.split('.')
  const rows = rowsInput(inputs, raw, path)
  if (!rows || rows.fixed) return raw
  const list = listAt(raw, path)
  if (act.verb === 'add') {
    const known = rows.types ? act.type !== undefined && Object.hasOwn(rows.types, act.type) : true
    if (known && list.length < MOST_ROWS) list.push(newRow(rows, list, act.type))
  } else if (act.row < list.length) {
    const [row] = list.splice(act.row, 1)
    if (act.verb !== 'remove') list.splice(Math.max(0, act.row + (act.verb === 'up' ? -1 : 1)), 0, row)
  }
  return raw
}

/** The list at a path, made where the form had no row of it. */
function listAt(raw: Raw, path: string[]): unknown[] {
  const holder = valueAt(raw, path.slice(0, -1)) as Raw
  const name = path.at(-1)!
  holder[name] ??= []
  return holder[name] as unknown[]
}

/** The input of the list a path leads to. */
function rowsInput(inputs: Input[], raw: unknown, [name, row, ...rest]: string[]): Rows | undefined {
  const input = inputs.find(each => each.name === name)
  if (input?.as !== 'rows') return undefined
  if (row === undefined) return input
  const entry = valueAt(raw, [name!, Number(row)])
  return rowsInput(inputsOfRow(input, entry) ?? [], entry, rest)
}

function newRow(rows: Rows, others: unknown[], type?: string): unknown {
  const typed = type ? { type } : {}
  const inputs = inputsOfRow(rows, typed)
  if (!inputs) return { en: '', ru: '' }
  const key = inputs.find(({ as }) => as === 'key')
  return { ...typed, ...blankOf(inputs), ...(key ? { [key.name]: freeKey(others, key.name) } : {}) }
}

/** The first letter that no other row is called by; behind z come aa, ab … */
function freeKey(others: unknown[], name: string): string {
  const taken = new Set(others.map(row => (row as Raw | null)?.[name]))
  const letters = [...'abcdefghijklmnopqrstuvwxyz']
  return [...letters, ...letters.flatMap(one => letters.map(other => one + other))].find(key => !taken.has(key))!
}
