import { z } from 'zod'
import type { ProjectValues } from '../../models/keeping-projects.ts'
import type { Project } from '../../models/project.ts'
import { dateOf } from './days.ts'

const text = (most: number) => z.string().max(most, 'projects.errors.long').default('')
const needed = (message: string, most = 200) => text(most).refine(value => value !== '', message)

export const projectForm = z
  .object({
    code: text(40).refine(value => /^[A-Z0-9]+(-[A-Z0-9]+)*$/.test(value), 'projects.errors.code'),
    titleEn: needed('projects.errors.titleEn'),
    titleRu: needed('projects.errors.titleRu'),
    donor: needed('projects.errors.donor'),
    agreement: text(200),
    startsOn: text(20),
    endsOn: text(20),
    targetsEn: text(4000),
    targetsRu: text(4000),
  })
  .superRefine((values, context) => {
    const wrong = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
    const [starts, ends] = [dateOf(values.startsOn), dateOf(values.endsOn)]
    if (values.startsOn && !starts) wrong('startsOn', 'projects.errors.date')
    if (values.endsOn && !ends) wrong('endsOn', 'projects.errors.date')
    if (starts && ends && Temporal.PlainDate.compare(ends, starts) < 0) wrong('endsOn', 'projects.errors.order')
    if (Boolean(values.targetsEn) !== Boolean(values.targetsRu))
      wrong(values.targetsEn ? 'targetsRu' : 'targetsEn', 'projects.errors.bothLanguages')
  })

export const projectValues = (values: z.infer<typeof projectForm>): ProjectValues => ({
  code: values.code,
  title: { en: values.titleEn, ru: values.titleRu },
  donor: values.donor,
  agreement: values.agreement || null,
  startsOn: dateOf(values.startsOn)?.toString() ?? null,
  endsOn: dateOf(values.endsOn)?.toString() ?? null,
  targets: values.targetsEn ? { en: values.targetsEn, ru: values.targetsRu } : null,
})

/** A project as its form shows it. */
export const projectFields = (project: Project) => ({
  code: project.code,
  titleEn: project.title.en,
  titleRu: project.title.ru,
  donor: project.donor,
  agreement: project.agreement ?? '',
  startsOn: project.startsOn ?? '',
  endsOn: project.endsOn ?? '',
  targetsEn: project.targets?.en ?? '',
  targetsRu: project.targets?.ru ?? '',
})
