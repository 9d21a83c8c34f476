import type { Request } from 'express'
import { DIFFICULTIES } from '../../models/drawing.ts'
import { ITEM_STATES } from '../../models/item.ts'
import type { Search } from '../../models/item-lists.ts'
import { ITEM_TYPES } from '../../models/items/kind.ts'

type Fields = Record<string, unknown>

/** So many questions can be chosen one by one: their codes travel in the address, which has an end. */
export const MOST_CHOSEN = 400

export const word = (value: unknown): string | null =>
  typeof value === 'string' && /^[\w.-]{1,80}$/.test(value) ? value : null
const among = <Each extends string>(all: readonly Each[], value: unknown): Each | null =>
  all.find(each => each === value) ?? null

/** What questions are looked for; what is not understood is no condition. */
export function searchOf(fields: Fields): Search {
  const text =
    typeof fields.text === 'string'
      ? fields.text
          .replace(/\p{Cc}/gu, ' ')
          .trim()
          .slice(0, 100)
      : ''
  return {
    module: word(fields.module),
    outcome: word(fields.outcome),
    type: among(ITEM_TYPES, fields.type),
    difficulty: among(DIFFICULTIES, fields.difficulty),
    state: among(ITEM_STATES, fields.state),
    tag: word(fields.tag),
    author: /^[1-9]\d{0,17}$/.test(String(fields.author)) ? String(fields.author) : null,
    text: text || null,
  }
}

/** Codes of the questions that were ticked, on this page of the list or on others. */
export function chosenIn(fields: Fields): string[] {
  const codes = [fields.code ?? []].flat().filter((each): each is string => /^[A-Z0-9-]{1,40}$/.test(String(each)))
  return [...new Set(codes)]
}

/** The conditions that were set, as fields of a form or of an address. */
export const conditionsIn = (search: Partial<Search>): [string, string][] =>
  Object.entries(search).filter((each): each is [string, string] => Boolean(each[1]))

/** The address of a page that is asked by a search. */
export function searchAddress(req: Request, path: string, search: Partial<Search>): string {
  const given = conditionsIn(search)
  return `/${req.lang}${path}${given.length ? `?${new URLSearchParams(given)}` : ''}`
}
