import { type Request, type Response, Router } from 'express'
import type { AgendaTraining } from '../../models/agenda.ts'
import { materialOf, materialsOf, removedOf } from '../../models/material.ts'
import { sharesMaterials } from '../../models/policies/material.ts'
import { Session } from '../../models/session.ts'
import {
  changeMaterial,
  moveMaterial,
  removeMaterial,
  restoreMaterial,
  shareMaterials,
} from '../../models/sharing-materials.ts'
import { again, formOf, orAgain, parse } from '../forms/again.ts'
import { aboutOf, filesOf, kindsInWords, LARGEST, materialForm, newMaterialForm, titleOf } from '../forms/materials.ts'
import { found, idOf, permit, signedIn } from '../guards.ts'
import { choicesOf, materialsPage, valuesOf } from '../present/materials.ts'
import { planHead } from '../present/plans.ts'
import { wordsIn } from '../present/words.ts'
import { planOfTraining } from './agendas.ts'

/** Materials of a training from the side of those who work on its agenda. */
export const manageMaterials = Router()

const PATH = '/manage/trainings/:code/materials'

manageMaterials.get(PATH, signedIn, show)

/** Files that are what they say are added; each that is not is named, and what was typed stays. */
manageMaterials.post(PATH, signedIn, async (req: Request, res: Response) => {
  const training = await shareable(req)
  const { values, errors = [] } = parse(req, newMaterialForm)
  const posted = Array.isArray(req.files) ? req.files.length : 0
  if (values?.titleEn && posted > 1) errors.push({ field: 'titleEn', text: req.t('materials.errors.titleOfMany') })
  if (!values || errors.length) return again(req, res, show, [...errors, ...chooseAgain(req, posted)])
  const { files, errors: refused } = await filesOf(req)
  if (!files.length && !refused.length)
    return again(req, res, show, [{ field: 'files', text: req.t('materials.errors.none') }])
  if (files.length) {
    const shared = { ...aboutOf(values), files: files.map(file => ({ file, title: titleOf(values, file.name) })) }
    if (!(await orAgain(req, res, show, () => shareMaterials(req.actor, training.id, shared)))) return
  }
  if (!refused.length) return res.redirect(303, addressOf(req, training, 'materials-shared'))
  const added = files.length
    ? [{ field: '', text: req.t('materials.errors.othersAdded', { count: files.length }) }]
    : []
  await again(req, res, show, [...refused, ...added])
})

manageMaterials.get(`${PATH}/:id`, signedIn, showOne)

manageMaterials.post(`${PATH}/:id`, signedIn, async (req: Request, res: Response) => {
  const training = await shareable(req)
  const { id } = await found(materialOf(training.id, idOf(req.params.id)))
  const { values, errors } = parse(req, materialForm)
  if (errors) return again(req, res, showOne, errors)
  const { files, errors: refused } = await filesOf(req)
  if (refused.length) return again(req, res, showOne, refused)
  const change = { ...aboutOf(values), title: { en: values.titleEn, ru: values.titleRu }, file: files[0] }
  if (!(await orAgain(req, res, showOne, () => changeMaterial(req.actor, training.id, id, change)))) return
  res.redirect(303, addressOf(req, training, 'material-changed'))
})

manageMaterials.post(`${PATH}/:id/position`, signedIn, async (req: Request, res: Response) => {
  const training = await shareable(req)
  const { id } = await found(materialOf(training.id, idOf(req.params.id)))
  await moveMaterial(req.actor, training.id, id, req.body.direction === 'up' ? 'up' : 'down')
  res.redirect(303, addressOf(req, training, 'saved'))
})

manageMaterials.get(`${PATH}/:id/removal`, signedIn, async (req: Request, res: Response) => {
  const training = await shareable(req)
  const material = await found(materialOf(training.id, idOf(req.params.id)))
  const page = { ...planHead(req, training), base: addressOf(req, training), id: material.id, name: material.name }
  res.render('manage/materials/removal', { page: { ...page, material: wordsIn(material.title, req.lang) } })
})

manageMaterials.post(`${PATH}/:id/removal`, signedIn, async (req: Request, res: Response) => {
  const training = await shareable(req)
  const { id } = await found(materialOf(training.id, idOf(req.params.id)))
  await removeMaterial(req.actor, training.id, id)
  res.redirect(303, addressOf(req, training, 'material-removed'))
})

manageMaterials.post(`${PATH}/:id/restoration`, signedIn, async (req: Request, res: Response) => {
  const training = await shareable(req)
  const id = idOf(req.params.id)
  await found((await removedOf(training.id)).find(each => each.id === id))
  if (!(await orAgain(req, res, show, () => restoreMaterial(req.actor, training.id, id)))) return
  res.redirect(303, addressOf(req, training, 'material-restored'))
})

async function show(req: Request, res: Response) {
  const training = await planOfTraining(req)
  const materials = await materialsOf(training.id)
  const removed = await removedOf(training.id)
  const asked = typeof req.query.session === 'string' ? req.query.session : ''
  const form = formOf(req, { session: asked, language: training.languages[0] ?? 'en', visible: 'before' })
  const page = materialsPage(req, training, materials, removed, await sessionsOf(training), form)
  res.render('manage/materials/index', { page })
}

async function showOne(req: Request, res: Response) {
  const training = await shareable(req)
  const material = await found(materialOf(training.id, idOf(req.params.id)))
  const form = formOf(req, valuesOf(material))
  const sessions = await sessionsOf(training)
  res.render('manage/materials/edit', {
    page: {
      ...planHead(req, training),
      ...choicesOf(req, sessions, form),
      ...{ form, base: addressOf(req, training), id: material.id, name: material.name },
      hint: req.t('materials.form.newFileHint', { kinds: kindsInWords(req), count: LARGEST }),
    },
  })
}

/** Files are not kept in a form that comes back: a browser asks for them anew. */
const chooseAgain = (req: Request, posted: number) =>
  posted ? [{ field: 'files', text: req.t('materials.errors.chooseAgain') }] : []

/** Sessions a material may belong to: those that stand, in their order. */
const sessionsOf = ({ id }: AgendaTraining): Promise<Session[]> =>
  Session.findAll({
    where: { trainingId: id, kind: 'session', canceledAt: null },
    order: ['startsAt', 'id'],
    limit: 500,
  })

async function shareable(req: Request): Promise<AgendaTraining> {
  const training = await planOfTraining(req)
  permit(sharesMaterials(training))
  return training
}

const addressOf = (req: Request, { code }: AgendaTraining, done?: string) =>
  `/${req.lang}/manage/trainings/${code}/materials${done ? `?done=${done}` : ''}`
