import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { asFiled, bankModule, type ItemVersion, versionsOf } from '../../models/item.ts'
import { itemAnalysis } from '../../models/item-analysis.ts'
import { attemptsOf, coursesWith, lifeOf } from '../../models/item-lists.ts'
import { keepsItems, reviewsItem, seesBank } from '../../models/policies/item.ts'
import { regrades } from '../../models/policies/testing.ts'
import { regradesOf } from '../../models/regrade.ts'
import { retireItem, returnItem, reviewItem } from '../../models/reviewing-items.ts'
import { postedChoices } from '../forms/attempts.ts'
import { again, formOf, orAgain, parse, type Parsed } from '../forms/again.ts'
import { found, only, permit } from '../guards.ts'
import { presentOwnAnalysis } from '../present/analysis.ts'
import { BANK, itemAddress, previewOf, stateTag, stepRow, versionRows } from '../present/items.ts'
import { pastRow } from '../present/regrades.ts'
import { wordsIn } from '../present/words.ts'

/** One question: both languages as a learner sees them, its versions, where it is used, and the steps of its life. */
export const manageItems = Router()

const PATH = `${BANK}/items/:code`
const bankOnly = only(seesBank)

manageItems.get(PATH, bankOnly, show)

manageItems.post(`${PATH}/review`, bankOnly, async (req: Request, res: Response) => {
  const { module, code } = await keptBy(req)
  const seen = String(req.body.seen ?? '')
  if (await orAgain(req, res, show, () => reviewItem(req.actor, module, code, seen)))
    done(req, res, code, 'item-reviewed')
})

manageItems.post(`${PATH}/returning`, bankOnly, async (req: Request, res: Response) => {
  const { module, code } = await keptBy(req)
  const { values, errors } = reasonOf(req, 'returning')
  if (errors) return again(req, res, show, errors)
  if (await orAgain(req, res, show, () => returnItem(req.actor, module, code, values.reason)))
    done(req, res, code, 'item-returned')
})

manageItems.post(`${PATH}/retirement`, bankOnly, async (req: Request, res: Response) => {
  const { module, code } = await keptBy(req)
  const { values, errors } = reasonOf(req, 'retirement')
  if (errors) return again(req, res, show, errors)
  if (await orAgain(req, res, show, () => retireItem(req.actor, module, code, values.reason)))
    done(req, res, code, 'item-retired')
})

const reasonForm = z.object({ reason: z.string().min(3, 'items.errors.reason').max(500, 'items.errors.reasonLong') })

/** The reason of an act; its page has more than one such field, each with an id of its own. */
function reasonOf(req: Request, act: string): Parsed<z.infer<typeof reasonForm>> {
  const parsed = parse(req, reasonForm)
  return parsed.errors ? { errors: parsed.errors.map(each => ({ ...each, field: `${each.field}-${act}` })) } : parsed
}

const done = (req: Request, res: Response, code: string, news: string) =>
  res.redirect(303, `/${req.lang}${itemAddress(code)}?done=${news}`)

/** The versions of the item of the address, for who sees the bank; else 404. */
export async function load(req: Request): Promise<ItemVersion[]> {
  const versions = await versionsOf(req.actor, String(req.params.code))
  await found(versions[0])
  return versions
}

async function keptBy(req: Request): Promise<ItemVersion> {
  const [newest] = await load(req)
  permit(keepsItems(req.actor))
  return newest!
}

async function show(req: Request, res: Response) {
  const versions = await load(req)
  const version = versions.find(({ number }) => String(number) === req.query.version) ?? versions[0]!
  const module = (await bankModule(version.module))!
  const uses = await coursesWith(version.code, version.outcome)
  const attempts = await attemptsOf(version.itemId)
  const life = await lifeOf(version.itemId)
  const tries = postedChoices(req.query, [1, 2])
  const value = tries[1]?.length ? tries[1] : (tries[2] ?? [])
  res.render('manage/items/show', {
    page: {
      ...headOf(req, version, module),
      preview: previewOf(req, { ...version, code: version.code }, value),
      address: itemAddress(version.code),
      versions: versionRows(req, versions, attempts),
      older: version !== versions[0],
      answers: await answersTo(req, version, module.id, attempts.get(version.id) ?? 0),
      uses: uses.map(use => ({ ...use, trainings: req.t('items.uses.trainings', { count: use.trainings }) })),
      life: life.map(step => stepRow(req, step)),
      acts: actsOf(req, versions, version),
      form: formOf(req),
    },
  })
}

/** What first attempts say of a version, and what was corrected of the results since. */
async function answersTo(
  req: Request,
  { id, itemId, code, number, module }: ItemVersion,
  moduleId: string,
  asked: number,
) {
  const { versions } = await itemAnalysis(req.actor, moduleId, code)
  const past = await regradesOf(itemId)
  return {
    ...presentOwnAnalysis(
      req,
      versions.find(version => version.id === id),
    ),
    module: `${BANK}/modules/${module}/analysis`,
    regrading: regrades(req.actor) && asked ? `${itemAddress(code)}/versions/${number}/results` : null,
    past: past.map(each => pastRow(req, each)),
  }
}

function headOf(
  req: Request,
  version: ItemVersion,
  module: { outcomes: { code: string; text: { en: string; ru: string } }[] },
) {
  const outcome = module.outcomes?.find(({ code }) => code === version.outcome)
  return {
    ...{ code: version.code, number: version.number, hash: version.hash, module: version.module },
    prompt: wordsIn(version.prompt, req.lang),
    state: stateTag(req, version.status),
    rows: [
      {
        key: req.t('items.common.outcome'),
        value: `${version.outcome} ${outcome ? wordsIn(outcome.text, req.lang) : ''}`,
      },
      { key: req.t('items.common.type'), value: req.t(`items.types.${version.type}`) },
      { key: req.t('items.common.difficulty'), value: req.t(`items.difficulties.${version.difficulty}`) },
      { key: req.t('items.common.points'), value: String(version.points) },
      ...(version.tags.length ? [{ key: req.t('items.common.tags'), value: version.tags.join(', ') }] : []),
      ...(asFiled(version).sources.length
        ? [{ key: req.t('items.common.sources'), value: version.sources.join(', ') }]
        : []),
    ],
  }
}

/** What this person may do with the item now, each with what it means. */
function actsOf(req: Request, versions: ItemVersion[], version: ItemVersion) {
  const may = keepsItems(req.actor)
  const newest = versions[0]!
  const verdict = reviewsItem(req.actor, newest)
  const draft = may && newest.status === 'draft' && version === newest
  return {
    edit: may,
    review: draft && verdict.ok,
    ownWork: draft && !verdict.ok,
    use: may && newest.status === 'reviewed',
    giveBack: may && newest.status === 'reviewed',
    retire: may && versions.some(({ status }) => status !== 'retired'),
    /** What retiring takes away: the version in use, or the one that waits where none is. */
    retires: versions.find(({ status }) => status === 'in_use')?.number ?? newest.number,
    inUse: versions.some(({ status }) => status === 'in_use'),
  }
}
