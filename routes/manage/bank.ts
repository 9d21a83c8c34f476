import { type Request, Router } from 'express'
import { DIFFICULTIES } from '../../models/drawing.ts'
import { ITEM_STATES } from '../../models/item.ts'
import { authors, bankModules, itemsFound, type Search, tagsUsed } from '../../models/item-lists.ts'
import { ITEM_TYPES } from '../../models/items/kind.ts'
import { keepsItems, seesBank } from '../../models/policies/item.ts'
import { only } from '../guards.ts'
import { BANK, itemRow } from '../present/items.ts'
import { wordsIn } from '../present/words.ts'

/** The question bank: what is in it, found by module, outcome, type, difficulty, state, tag, author and text. */
export const manageBank = Router()

const SIZE = 50

manageBank.get(BANK, only(seesBank), async (req, res) => {
  const search = searchOf(req)
  const after = word(req.query.after)
  const lines = await itemsFound(req.actor, search, after, SIZE)
  const modules = await bankModules()
  const more = lines.length > SIZE ? lines[SIZE - 1] : undefined
  res.render('manage/items/index', {
    page: {
      may: keepsItems(req.actor),
      rows: lines.slice(0, SIZE).map(line => itemRow(req, line)),
      fields: await searchFields(req, search, modules),
      searched: Object.values(search).some(Boolean),
      modules: modules.map(({ code, title }) => ({
        href: `${BANK}/modules/${code}`,
        code,
        title: wordsIn(title, req.lang),
      })),
      first: after ? linkTo(req, search) : null,
      next: more ? linkTo(req, { ...search, after: more.code }) : null,
    },
  })
})

const word = (value: unknown): string | null =>
  typeof value === 'string' && /^[\w.-]{1,80}$/.test(value) ? value : null
const among = <Each extends string>(all: readonly Each[], value: unknown): Each | null =>
  all.find(each => each === value) ?? null

function searchOf({ query }: Request): Search {
  const text =
    typeof query.text === 'string'
      ? query.text
          .replace(/\p{Cc}/gu, ' ')
          .trim()
          .slice(0, 100)
      : ''
  return {
    module: word(query.module),
    outcome: word(query.outcome),
    type: among(ITEM_TYPES, query.type),
    difficulty: among(DIFFICULTIES, query.difficulty),
    state: among(ITEM_STATES, query.state),
    tag: word(query.tag),
    author: /^[1-9]\d{0,17}$/.test(String(query.author)) ? String(query.author) : null,
    text: text || null,
  }
}

function linkTo(req: Request, search: Partial<Search> & { after?: string }): string {
  const given = Object.entries(search).filter(([, value]) => value) as [string, string][]
  return `/${req.lang}${BANK}${given.length ? `?${new URLSearchParams(given)}` : ''}`
}

type Modules = Awaited<ReturnType<typeof bankModules>>

/** The fields of the search, each with what it can be. */
async function searchFields(req: Request, search: Search, modules: Modules) {
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
