import { one, sql } from '../lib/db.ts'
import type { Words } from './course.ts'
import type { TrainingStatus } from './training.ts'

/** The donor agreement under which trainings run. No amounts. Dates are days of the agreement, without a zone. */
export type Project = {
  id: string
  code: string
  title: Words
  donor: string
  agreement: string | null
  startsOn: string | null
  endsOn: string | null
  /** What the project is to reach, as text. */
  targets: Words | null
  logo: { id: string; name: string; sha256: string } | null
}

const PROJECT = `
  select p.id, p.code, p.title, p.donor, p.agreement, p.starts_on as "startsOn", p.ends_on as "endsOn", p.targets,
    case when f.id is null then null
      else jsonb_build_object('id', f.id::text, 'name', f.name, 'sha256', f.sha256) end as logo`

/** All projects, the latest to begin first, each with how many trainings run under it. */
export const projects = (): Promise<(Project & { trainings: number })[]> =>
  sql(
    'project.list',
    `${PROJECT}, (select count(*)::int from trainings t where t.project_id = p.id) as trainings
     from projects p left join files f on f.id = p.logo_id order by p.starts_on desc nulls last, p.id desc limit 500`,
  )

/** One of them by its code, or undefined. */
export const projectOf = (code: string): Promise<Project | undefined> =>
  one<Project>(
    'project.one',
    `${PROJECT} from projects p left join files f on f.id = p.logo_id where p.code = upper($1)`,
    [code],
  )

export type ProjectTraining = {
  code: string
  title: Words
  status: TrainingStatus
  startsOn: string | null
  endsOn: string | null
}

/** The trainings under a project, the latest first. */
export const trainingsUnder = (projectId: string): Promise<ProjectTraining[]> =>
  sql<ProjectTraining>(
    'project.trainings',
    `select t.code, coalesce(t.title, v.title) as title, t.status, t.starts_on as "startsOn", t.ends_on as "endsOn"
     from trainings t join course_versions v on v.id = t.course_version_id
     where t.project_id = $1 order by t.starts_on desc nulls last, t.id desc limit 500`,
    [projectId],
  )
