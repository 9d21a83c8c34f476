import type { Request } from 'express'
import type { Project, ProjectTraining } from '../../models/project.ts'
import { paragraphsOf } from './bulk-mails.ts'
import { wordsIn } from './words.ts'

export const projectRow = (req: Request, project: Project & { trainings: number }) => ({
  href: `/${req.lang}/manage/projects/${project.code}`,
  code: project.code,
  title: wordsIn(project.title, req.lang),
  donor: project.donor,
  startsOn: project.startsOn,
  endsOn: project.endsOn,
  trainings: project.trainings,
})

/** A project with the trainings under it. */
export function projectPage(req: Request, project: Project, trainings: ProjectTraining[]) {
  const { lang, t } = req
  return {
    code: project.code,
    title: wordsIn(project.title, lang),
    donor: project.donor,
    agreement: project.agreement,
    startsOn: project.startsOn,
    endsOn: project.endsOn,
    targets: project.targets ? paragraphsOf(wordsIn(project.targets, lang)) : [],
    logo: project.logo && { name: project.logo.name, src: `/${lang}/manage/projects/${project.code}/logo.svg` },
    trainings: trainings.map(each => ({
      href: `/${lang}/manage/trainings/${each.code}`,
      code: each.code,
      title: wordsIn(each.title, lang),
      status: t(`trainings.status.${each.status}`),
      startsOn: each.startsOn,
      endsOn: each.endsOn,
    })),
  }
}

/** The choice of a project in a form. */
export const projectOptions = (req: Request, projects: Project[]) => [
  { value: '', label: req.t('projects.none') },
  ...projects.map(({ id, code, title }) => ({ value: id, label: `${code} ${wordsIn(title, req.lang)}` })),
]
