import { type Request, type Response, Router } from 'express'
import { addResource, changeResource, restoreResource, retireResource } from '../../models/keeping-resources.ts'
import { type Resource, resourceOf, resources, usesOf } from '../../models/resource.ts'
import { again, formOf, parse } from '../forms/again.ts'
import { resourceForm, resourceValues } from '../forms/resources.ts'
import { found, idOf, staff } from '../guards.ts'
import { kindOptions, resourceFields, resourceRow, useLines } from '../present/resources.ts'
import { wordsIn } from '../present/words.ts'

export const manageResources = Router()

const PATH = '/manage/resources'

manageResources.get(PATH, staff, async (req, res) => {
  const all = (await resources()).map(each => resourceRow(req, each))
  res.render('manage/resources/index', {
    page: { rows: all.filter(each => !each.retired), retired: all.filter(each => each.retired) },
  })
})

manageResources.get(`${PATH}/new`, staff, showNew)

manageResources.post(`${PATH}/new`, staff, async (req, res) => {
  const { values, errors } = parse(req, resourceForm)
  if (errors) return again(req, res, showNew, errors)
  await addResource(req.actor, resourceValues(values))
  res.redirect(303, `/${req.lang}${PATH}?done=resource-added`)
})

manageResources.get(`${PATH}/:id`, staff, showEdit)

manageResources.post(`${PATH}/:id`, staff, async (req, res) => {
  const resource = await load(req)
  // A room does not become a link: those who were told the one would be sent to the other.
  req.body = { ...req.body, kind: resource.kind }
  const { values, errors } = parse(req, resourceForm)
  if (errors) return again(req, res, showEdit, errors)
  await changeResource(req.actor, resource, resourceValues(values))
  res.redirect(303, `/${req.lang}${PATH}/${resource.id}?done=resource-changed`)
})

manageResources.post(`${PATH}/:id/retirement`, staff, async (req, res) => {
  const resource = await load(req)
  await retireResource(req.actor, resource)
  res.redirect(303, `/${req.lang}${PATH}/${resource.id}?done=resource-retired`)
})

manageResources.post(`${PATH}/:id/return`, staff, async (req, res) => {
  const resource = await load(req)
  await restoreResource(req.actor, resource)
  res.redirect(303, `/${req.lang}${PATH}/${resource.id}?done=resource-restored`)
})

function showNew(req: Request, res: Response) {
  res.render('manage/resources/new', { page: { form: formOf(req, { kind: 'room' }), kinds: kindOptions(req) } })
}

async function showEdit(req: Request, res: Response) {
  const resource = await load(req)
  res.render('manage/resources/edit', {
    page: {
      id: resource.id,
      kind: resource.kind,
      kindName: req.t(`resources.kinds.${resource.kind}`),
      name: wordsIn(resource.name, req.lang),
      retiredAt: resource.retiredAt,
      form: formOf(req, resourceFields(resource)),
      uses: useLines(req, await usesOf(resource.id)),
    },
  })
}

const load = (req: Request): Promise<Resource> => found(resourceOf(idOf(req.params.id)))
