import { type Request, type Response, Router } from 'express'
import { type Cell, type Difficulty, isBeside } from '../../models/drawing.ts'
import { bankModule } from '../../models/item.ts'
import { itemsFound } from '../../models/item-lists.ts'
import { itemsInUse, liveTests, type Need, needsOf } from '../../models/item-needs.ts'
import { keepsItems, seesBank } from '../../models/policies/item.ts'
import { useItems } from '../../models/reviewing-items.ts'
import { formOf, orAgain } from '../forms/again.ts'
import { found, only, permit } from '../guards.ts'
import { BANK, itemRow } from '../present/items.ts'
import { wordsIn } from '../present/words.ts'

/** The questions a module's test needs, what is there, and putting reviewed ones in use. */
export const itemNeeds = Router()

const PATH = `${BANK}/modules/:module`
const bankOnly = only(seesBank)
/** So many reviewed questions are put in use by one press. */
const AT_ONCE = 200

itemNeeds.get(PATH, bankOnly, show)

itemNeeds.post(`${PATH}/items-in-use`, bankOnly, async (req: Request, res: Response) => {
  const { code } = await load(req)
  permit(keepsItems(req.actor))
  const codes = [req.body.code ?? []].flat().map(String).slice(0, AT_ONCE)
  let version: string | null = null
  const used = await orAgain(req, res, show, async () => {
    version = await useItems(req.actor, code, codes)
  })
  if (used) res.redirect(303, `/${req.lang}${BANK}/modules/${code}?done=${version ? 'items-joined' : 'items-used'}`)
})

const load = (req: Request) => found(bankModule(String(req.params.module)))

async function show(req: Request, res: Response) {
  const module = await load(req)
  const tests = await liveTests(module.id)
  const inUse = await itemsInUse(module.id)
  const reviewed = await itemsFound(req.actor, { ...ANY, module: module.code, state: 'reviewed' }, null, AT_ONCE)
  const form = formOf(req)
  const chosen = [form.values.code ?? []].flat()
  res.render('manage/items/needs', {
    page: {
      ...{ code: module.code, title: wordsIn(module.title, req.lang), form, may: keepsItems(req.actor) },
      tests: tests.map(test => ({
        version: `${test.course} ${test.version}`,
        heading: test.kind === 'pre' ? 'measures' : test.newest ? 'newest' : 'older',
        rows: inOrder(needsOf(test, inUse)).map(need => needRow(req, need, module.outcomes ?? [])),
      })),
      inUse: inUse.length,
      reviewed: reviewed.map(line => ({ ...itemRow(req, line), chosen: !req.form || chosen.includes(line.code) })),
    },
  })
}

const KINDS: Need['of'][] = ['any', 'easy', 'medium', 'hard', 'rating', 'essay']
const inOrder = (needs: Need[]) =>
  Object.values(Object.groupBy(needs, ({ outcome }) => outcome)).flatMap((own = []) =>
    own.toSorted((one, other) => KINDS.indexOf(one.of) - KINDS.indexOf(other.of)),
  )

const ANY = { outcome: null, type: null, difficulty: null, tag: null, author: null, text: null }

function needRow(req: Request, need: Need, outcomes: { code: string; text: { en: string; ru: string } }[]) {
  const { outcome, count, have } = need
  const text = outcomes.find(({ code }) => code === outcome)?.text
  return {
    ...{ outcome, count, have, text: text ? wordsIn(text, req.lang) : '' },
    kind: kindOf(req, need),
    gap:
      have < count ? { kind: 'danger', word: req.t('items.needs.missing', { count: count - have }) } : spare(req, need),
    href: `${BANK}?${new URLSearchParams({ outcome, state: 'in_use', ...kindIn(need) })}`,
  }
}

const kindIn = ({ of }: Need): Record<string, string> =>
  isDifficulty(of) ? { difficulty: of } : isBeside(of) ? { type: of } : {}

// As many questions as are asked: everybody gets the same ones.
const spare = (req: Request, { count, have }: Need) =>
  have === count
    ? { kind: 'warning', word: req.t('items.needs.same') }
    : { kind: 'success', word: req.t('items.needs.enough', { count: have - count }) }

const isDifficulty = (of: Cell['of']): of is Difficulty => of !== 'any' && !isBeside(of)
const kindOf = (req: Request, { of }: Need) =>
  isDifficulty(of) ? req.t(`items.difficulties.${of}`) : req.t(`items.needs.${of}`)
