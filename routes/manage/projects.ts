import { type Request, type Response, Router } from 'express'
import { addProject, changeProject, setProjectLogo } from '../../models/keeping-projects.ts'
import { opens } from '../../models/policies/running.ts'
import { type Project, projectOf, projects, trainingsUnder } from '../../models/project.ts'
import { again, formOf, orAgain, parse } from '../forms/again.ts'
import { projectFields, projectForm, projectValues } from '../forms/projects.ts'
import { found, permit, staff } from '../guards.ts'
import { postedLogo, sendLogo } from '../kept-logos.ts'
import { projectPage, projectRow } from '../present/projects.ts'

/** Donor agreements under which trainings run: seen by the Center's staff, kept by its coordinators. */
export const manageProjects = Router()

const PATH = '/manage/projects'

manageProjects.get(PATH, staff, async (req, res) => {
  res.render('manage/projects/index', {
    page: { may: opens(req.actor), rows: (await projects()).map(each => projectRow(req, each)) },
  })
})

manageProjects.get(`${PATH}/new`, staff, showNew)

manageProjects.post(`${PATH}/new`, staff, async (req, res) => {
  permit(opens(req.actor))
  const { values, errors } = parse(req, projectForm)
  if (errors) return again(req, res, showNew, errors)
  if (!(await orAgain(req, res, showNew, () => addProject(req.actor, projectValues(values))))) return
  res.redirect(303, `/${req.lang}${PATH}/${values.code}?done=saved`)
})

manageProjects.get(`${PATH}/:code`, staff, show)

manageProjects.get(`${PATH}/:code/edit`, staff, showEdit)

manageProjects.post(`${PATH}/:code/edit`, staff, async (req: Request, res: Response) => {
  const project = await keptBy(req)
  const { values, errors } = parse(req, projectForm)
  if (errors) return again(req, res, showEdit, errors)
  if (!(await orAgain(req, res, showEdit, () => changeProject(req.actor, project, projectValues(values))))) return
  res.redirect(303, `/${req.lang}${PATH}/${values.code}?done=saved`)
})

manageProjects.get(`${PATH}/:code/logo.svg`, staff, async (req: Request, res: Response) => {
  const { logo } = await load(req)
  const { sha256 } = await found(logo)
  await sendLogo(req, res, sha256)
})

manageProjects.post(`${PATH}/:code/logo`, staff, async (req: Request, res: Response) => {
  const project = await keptBy(req)
  const { logo, errors } = await postedLogo(req)
  if (errors) return again(req, res, show, errors)
  await setProjectLogo(req.actor, project, logo)
  res.redirect(303, `/${req.lang}${PATH}/${project.code}?done=saved`)
})

manageProjects.post(`${PATH}/:code/logo/removal`, staff, async (req: Request, res: Response) => {
  const project = await keptBy(req)
  await setProjectLogo(req.actor, project, null)
  res.redirect(303, `/${req.lang}${PATH}/${project.code}?done=saved`)
})

async function show(req: Request, res: Response) {
  const project = await load(req)
  const trainings = await trainingsUnder(project.id)
  res.render('manage/projects/show', {
    page: {
      ...projectPage(req, project, trainings),
      may: opens(req.actor),
      form: formOf(req, { name: project.donor }),
    },
  })
}

function showNew(req: Request, res: Response) {
  permit(opens(req.actor))
  res.render('manage/projects/new', { page: { form: formOf(req) } })
}

async function showEdit(req: Request, res: Response) {
  const project = await keptBy(req)
  res.render('manage/projects/edit', { page: { code: project.code, form: formOf(req, projectFields(project)) } })
}

const load = (req: Request): Promise<Project> => found(projectOf(String(req.params.code)))

async function keptBy(req: Request): Promise<Project> {
  const project = await load(req)
  permit(opens(req.actor))
  return project
}
