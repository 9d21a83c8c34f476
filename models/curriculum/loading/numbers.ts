import { one, sql } from '../../../lib/db.ts'
import type { ModuleContent } from '../content.ts'
import type { Place } from './module.ts'

export type VersionNumber = { major: number; minor: number }

export type Version = VersionNumber & {
  id: string
  /** Of the files it was made from, and of what in them makes a major version. */
  hash: string
  rulesHash: string
  origin: 'file' | 'platform'
  published: boolean
  /** A proposal from files that nobody edited and no training uses. */
  replaceable: boolean
}

/** Versions of a module, newest first. */
export async function versionsOf({ moduleId }: Place): Promise<Version[]> {
  const rows = await sql<Omit<Version, 'rulesHash'>>(
    'curriculum.versions',
    `select v.id, v.major, v.minor, v.content_hash as hash, v.origin, v.published_at is not null as published,
       v.published_at is null and v.origin = 'file'
         and not exists (select from texts t join lesson_versions l on l.id = t.owner_id
           where t.owner_kind = 'lesson_version' and l.module_version_id = v.id and t.origin = 'platform')
         and not exists (select from course_versions c where c.module_version_id = v.id and (c.published_at is not null
           or exists (select from trainings where course_version_id = c.id)
           or exists (select from enrollments where course_version_id = c.id))) as replaceable
     from module_versions v where v.module_id = $1 order by v.major desc, v.minor desc`,
    [moduleId],
  )
  return rows.map(({ hash, ...row }) => {
    const [rulesHash = '', whole = ''] = hash.split(':')
    return { ...row, rulesHash, hash: whole }
  })
}

/** Both hashes as they stand in `module_versions.content_hash`. */
export const storedHash = ({ rulesHash, hash }: ModuleContent) => `${rulesHash}:${hash}`

type Numbered = VersionNumber & { rulesHash: string }
type Rules = { rulesHash: string; card: { version: string } }

/**
 * The next free number: major when outcomes, items or rules changed, else minor; the file's own number when it is higher
 * than that.
 */
export async function nextNumber({ courseId }: Place, base: Numbered | undefined, content: Rules) {
  const [major = 1, minor = 0] = content.card.version.split('.').map(Number)
  const own = { major, minor }
  const top = await one<VersionNumber>(
    'curriculum.top-number',
    'select major, minor from course_versions where course_id = $1 order by major desc, minor desc limit 1',
    [courseId],
  )
  const last = higher(base, top)
  if (!last) return own
  const changed = base?.rulesHash !== content.rulesHash
  const next = changed ? { major: last.major + 1, minor: 0 } : { major: last.major, minor: last.minor + 1 }
  return higher(own, next)!
}

function higher(one?: VersionNumber, other?: VersionNumber): VersionNumber | undefined {
  if (!one || !other) return one ?? other
  const oneIsHigher = one.major > other.major || (one.major === other.major && one.minor > other.minor)
  return oneIsHigher ? { major: one.major, minor: one.minor } : { major: other.major, minor: other.minor }
}
