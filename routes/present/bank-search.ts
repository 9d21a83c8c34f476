import type { Request } from 'express'
import { DIFFICULTIES } from '../../models/drawing.ts'
import { ITEM_STATES, type BankModule } from '../../models/item.ts'
import { authors, type Search, tagsUsed } from '../../models/item-lists.ts'
import { ITEM_TYPES } from '../../models/items/kind.ts'
import { wordsIn } from './words.ts'

/** The fields of the search for questions, each with what it can be. */
export async function searchFields(req: Request, search: Search, modules: BankModule[]) {
  const own = search.module ? modules.filter(({ code }) => code === search.module) : modules
  const choices = {
    module: modules.map(({ code, title }) => ({ value: code, label: `${code} ${wordsIn(title, req.lang)}` })),
    outcome: own.flatMap(({ outcomes }) =>
      outcomes.map(({ code, text }) => ({ value: code, label: `${code} ${wordsIn(text, req.lang)}` })),
    ),
    type: ITEM_TYPES.map(type => ({ value: type, label: req.t(`items.types.${type}`) })),
    difficulty: DIFFICULTIES.map(each => ({ value: each, label: req.t(`items.difficulties.${each}`) })),
    state: ITEM_STATES.map(each => ({ value: each, label: req.t(`items.states.${each}`) })),
    tag: (await tagsUsed()).map(tag => ({ value: tag, label: tag })),
    author: (await authors()).map(({ id, name }) => ({ value: id, label: name })),
  }
  const selects = Object.entries(choices)
    .filter(([, options]) => options.length)
    .map(([name, options]) => ({
      ...{ name, label: req.t(`items.search.${name}`), value: search[name as keyof Search] ?? '' },
      options: [{ value: '', label: req.t('items.search.any') }, ...options],
    }))
  return { text: search.text ?? '', selects, chosen: selects.filter(({ value }) => value).length }
}

/** The conditions of a search in words, as rows of a summary: what each is about, and what it is. */
export async function searchInWords(req: Request, search: Search, modules: BankModule[]) {
  const { text, selects } = await searchFields(req, search, modules)
  const said = selects
    .filter(({ value }) => value)
    .map(({ label, value, options }) => ({
      key: label,
      value: options.find(option => option.value === value)?.label ?? value,
      dir: 'auto',
    }))
  return [...(text ? [{ key: req.t('items.search.text'), value: text, dir: 'auto' }] : []), ...said]
}
