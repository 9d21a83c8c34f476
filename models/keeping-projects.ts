import { brokenConstraint, inTransaction, one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { record } from './audit.ts'
import type { Project } from './project.ts'
import { Refused } from './refused.ts'

export type ProjectValues = Pick<Project, 'code' | 'title' | 'donor' | 'agreement' | 'startsOn' | 'endsOn' | 'targets'>

/** Enters a project. @throws Refused 'project.code' when another has its code */
export const addProject = (actor: Actor, values: ProjectValues): Promise<void> =>
  onceNamed(async () => {
    const row = await one<{ id: string }>(
      'project.add',
      `insert into projects (code, title, donor, agreement, starts_on, ends_on, targets)
       values ($1, $2, $3, $4, $5, $6, $7) returning id`,
      columnsOf(values),
    )
    await record(actor, 'project.added', 'project', row!.id, { code: values.code })
  })

/** Changes a project. @throws Refused 'project.code' when another has its code */
export const changeProject = (actor: Actor, project: Project, values: ProjectValues): Promise<void> =>
  onceNamed(async () => {
    await sql(
      'project.change',
      `update projects set code = $1, title = $2, donor = $3, agreement = $4, starts_on = $5, ends_on = $6, targets = $7
       where id = $8`,
      [...columnsOf(values), project.id],
    )
    const was = Object.fromEntries(
      Object.keys(values).flatMap(key => {
        const old = project[key as keyof ProjectValues]
        return JSON.stringify(old) === JSON.stringify(values[key as keyof ProjectValues]) ? [] : [[key, old]]
      }),
    )
    await record(actor, 'project.changed', 'project', project.id, { was })
  })

/** The project's logo from now on, kept already under its SHA-256; null takes it off. Issued certificates keep theirs. */
export const setProjectLogo = (
  actor: Actor,
  project: Project,
  logo: { sha256: string; size: number; name: string } | null,
): Promise<void> =>
  inTransaction(async () => {
    const file =
      logo &&
      (await one<{ id: string }>(
        'project.logo-file',
        `insert into files (sha256, type, size, name, owner_kind, owner_id, uploaded_by, uploaded_at)
         values ($1, 'image/svg+xml', $2, $3, 'project', $4, $5, $6) returning id`,
        [logo.sha256, logo.size, logo.name, project.id, actor.id, now()],
      ))
    await sql('project.logo', 'update projects set logo_id = $2 where id = $1', [project.id, file?.id ?? null])
    await record(actor, 'project.logo', 'project', project.id, { logo: file?.id ?? null })
  })

const columnsOf = ({ code, title, donor, agreement, startsOn, endsOn, targets }: ProjectValues) => [
  ...[code, JSON.stringify(title), donor, agreement, startsOn, endsOn],
  targets && JSON.stringify(targets),
]

async function onceNamed(fn: () => Promise<void>): Promise<void> {
  try {
    await inTransaction(fn)
  } catch (error) {
    if (brokenConstraint(error) === 'projects_code_key') throw new Refused('project.code', { field: 'code' })
    throw error
  }
}
