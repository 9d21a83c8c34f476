import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import type { ItemVersion } from '../../models/item.ts'
import { regrades } from '../../models/policies/testing.ts'
import { seesBank } from '../../models/policies/item.ts'
import { changesBy, keysFor, type Ruling, signOf, unmarkedWith, waitingWith } from '../../models/regrade.ts'
import { regrade } from '../../models/regrading.ts'
import { again, formOf, orAgain, parse } from '../forms/again.ts'
import { found, only, permit } from '../guards.ts'
import { BANK, itemAddress } from '../present/items.ts'
import { presentRegrade } from '../present/regrades.ts'
import { wordsIn } from '../present/words.ts'
import { seenAfterAnswer } from '../seen.ts'
import { load } from './items.ts'

/** Results after a question went wrong: what would change for whom, then the change itself. */
export const manageRegrading = Router()

const PATH = `${BANK}/items/:code/versions/:number/results`
const bankOnly = only(seesBank)

const confirmation = z.object({
  ruling: z.string(),
  seen: z.string().max(100),
  losses: z.string().optional(),
  reason: z.string().min(3, 'items.errors.reason').max(500, 'items.errors.reasonLong'),
})

manageRegrading.get(PATH, bankOnly, show)

manageRegrading.post(PATH, bankOnly, async (req: Request, res: Response) => {
  const { version, versions } = await asked(req)
  const { values, errors } = parse(req, confirmation)
  if (errors) return again(req, res, show, errors)
  const ruling = await found(rulingOf(values.ruling, version, versions))
  const { reason, seen, losses } = values
  const done = await orAgain(req, res, show, async () => {
    await regrade(req.actor, version, ruling, { reason, seen, losses: losses === 'yes' })
  })
  if (done) res.redirect(303, `/${req.lang}${itemAddress(version.code)}?done=results-corrected`)
})

async function asked(req: Request): Promise<{ version: ItemVersion; versions: ItemVersion[] }> {
  const versions = await load(req)
  permit(regrades(req.actor))
  return { versions, version: await found(versions.find(({ number }) => String(number) === req.params.number)) }
}

/** 'drop', 'restore', or 'key-3' for the key of version 3, where it fits. */
function rulingOf(chosen: unknown, version: ItemVersion, versions: ItemVersion[]): Ruling | undefined {
  if (chosen === 'drop' || chosen === 'restore') return { act: chosen }
  const key = keysFor(version, versions).find(({ number }) => chosen === `key-${number}`)
  return key && { act: 'correct', key }
}

async function show(req: Request, res: Response) {
  const { version, versions } = await asked(req)
  const form = formOf(req)
  const chosen = form.values.ruling ?? req.query.ruling
  const ruling = rulingOf(chosen, version, versions)
  const unmarked = ruling && ruling.act !== 'drop' ? await unmarkedWith(version.id) : 0
  const places = ruling && !unmarked ? await changesBy(version.id, ruling) : null
  if (places) seenAfterAnswer(req, res, [...new Set(places.map(({ personId }) => personId))], 'enrollments')
  res.render('manage/items/regrading', {
    page: {
      ...{ code: version.code, number: version.number, prompt: wordsIn(version.prompt, req.lang), form },
      ...{ address: itemAddress(version.code), action: req.path },
      rulings: ['drop', ...keysFor(version, versions).map(({ number }) => `key-${number}`), 'restore'].map(value => {
        const [act, number] = value.split('-')
        const words = { label: req.t(`regrades.acts.${act}`, { number }), hint: req.t(`regrades.hints.${act}`) }
        return { value, ...words, checked: value === chosen }
      }),
      ruling: ruling ? String(chosen) : null,
      preview: places && { sign: signOf(places), ...presentRegrade(req, places) },
      unmarked: unmarked ? req.t('refusals.regrade.unmarked', { count: unmarked }) : null,
      waiting: places ? (await waitingWith(version.id)).length : 0,
    },
  })
}
