import { Router } from 'express'
import { bankModules, itemsFound } from '../../models/item-lists.ts'
import { keepsItems, seesBank } from '../../models/policies/item.ts'
import { chosenIn, conditionsIn, MOST_CHOSEN, searchAddress, searchOf, word } from '../forms/bank-search.ts'
import { only } from '../guards.ts'
import { searchFields } from '../present/bank-search.ts'
import { EXPORT } from '../present/item-exchange.ts'
import { BANK, itemRow } from '../present/items.ts'
import { wordsIn } from '../present/words.ts'

/**
 * The question bank: what is in it, found by module, outcome, type, difficulty, state, tag, author and text. Questions are
 * ticked to be taken out; what is ticked stays so over pages and searches.
 */
export const manageBank = Router()

const SIZE = 50

manageBank.get(BANK, only(seesBank), async (req, res) => {
  const search = searchOf(req.query)
  const after = word(req.query.after)
  const lines = await itemsFound(req.actor, search, after, SIZE)
  const modules = await bankModules()
  const more = lines.length > SIZE ? lines[SIZE - 1] : undefined
  const shown = lines.slice(0, SIZE)
  const ticked = chosenIn(req.query)
  const chosen = ticked.slice(0, MOST_CHOSEN)
  res.render('manage/items/index', {
    page: {
      may: keepsItems(req.actor),
      rows: shown.map(line => ({ ...itemRow(req, line), chosen: chosen.includes(line.code) })),
      // Chosen on other pages or by other searches.
      elsewhere: chosen.filter(code => !shown.some(line => line.code === code)),
      chosen: chosen.length,
      tooMany: ticked.length > MOST_CHOSEN ? MOST_CHOSEN : null,
      fields: await searchFields(req, search, modules),
      searched: conditionsIn(search).length > 0,
      all: searchAddress(req, EXPORT, search),
      none: searchAddress(req, BANK, search),
      modules: modules.map(({ code, title }) => ({
        href: `${BANK}/modules/${code}`,
        code,
        title: wordsIn(title, req.lang),
      })),
      ...{ paged: Boolean(after), next: more?.code ?? null },
    },
  })
})
