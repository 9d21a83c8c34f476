import { one, sql } from '../../lib/db.ts'
import type { Words } from '../course.ts'
import type { DraftStatus, PieceKind } from '../draft.ts'

/** A piece of a module in a list: what is in force of it, and the draft that is being worked on. */
export type WorkshopPiece = {
  kind: PieceKind
  code: string
  title: Words
  /** Whether readers have it in both languages. */
  written: boolean
  /** Whether its Russian was reviewed. */
  reviewed: boolean
  draft: DraftStatus | null
  openRemarks: number
}

export type WorkshopModule = { code: string; title: Words; version: string | null; pieces: WorkshopPiece[] }

type Row = WorkshopPiece & { module: string; moduleTitle: Words; version: string | null }

/**
 * Every piece of the newest version of each module, as `pieces` beside `newest`: for other statements to begin with.
 * `owner_kind`, `owner_id` and `field` lead to its long texts.
 */
export const PIECES = `with newest as (select m.id as module_id, m.code, m.position, v.* from modules m
    join lateral (select id as version_id, title as module_title, ru_reviewed, major || '.' || minor as number,
      published_at from module_versions where module_id = m.id
      order by published_at is null, major desc, minor desc limit 1) v on true),
  pieces as (
    select n.module_id, n.code as module, 'card' as kind, n.code, n.module_title as title, true as written,
      n.ru_reviewed as reviewed, 0 as place, 'module_version' as owner_kind, n.version_id as owner_id, null as field
    from newest n
    union all
    select n.module_id, n.code, 'lesson', l.code, v.title, v.written,
      coalesce((select x.status = 'reviewed' from texts x where x.owner_kind = 'lesson_version'
        and x.owner_id = v.id and x.field = 'body' and x.language = 'ru'), false), v.position, 'lesson_version', v.id, 'body'
    from newest n join lesson_versions v on v.module_version_id = n.version_id join lessons l on l.id = v.lesson_id
    union all
    select n.module_id, n.code, 'assignment', n.code, a.title, true,
      coalesce((select x.status = 'reviewed' from texts x where x.owner_kind = 'assessment' and x.owner_id = a.id
        and x.field = 'brief' and x.language = 'ru'), false), 1000, 'assessment', a.id, 'brief'
    from newest n join lateral (select id from course_versions where module_version_id = n.version_id
      order by published_at is null, major desc, minor desc limit 1) c on true
    join assessments a on a.course_version_id = c.id and a.kind = 'assignment')`

/** Every module with its pieces, in the order of the curriculum: by one statement. */
export async function workshop(): Promise<WorkshopModule[]> {
  const rows = await sql<Row>(
    'workshop.pieces',
    `${PIECES}
     select p.module, n.module_title as "moduleTitle", case when n.published_at is not null then n.number end as version,
       p.kind, p.code, p.title, p.written, p.reviewed, d.status as draft,
       (select count(*)::int from draft_comments c where c.draft_id = d.id and c.thread_id is null
         and c.resolved_at is null) as "openRemarks"
     from pieces p join newest n on n.module_id = p.module_id
     left join drafts d on d.kind = p.kind and d.code = p.code and d.ended_at is null
     order by n.position, p.module, p.place`,
  )
  return [...Map.groupBy(rows, row => row.module)].map(([code, pieces]) => ({
    code,
    title: pieces[0]!.moduleTitle,
    version: pieces[0]!.version,
    pieces,
  }))
}

/** Who learns by the newest major version of a module now: a minor reaches them, a major leaves them where they are. */
export type Affected = { learners: number; trainings: number }

export async function affectedBy(module: string): Promise<Affected> {
  const row = await one<Affected>(
    'workshop.affected',
    `select count(*)::int as learners, count(distinct t.id)::int as trainings
     from enrollments e join trainings t on t.id = e.training_id
     where e.status = 'enrolled' and t.status in ('published', 'running', 'postponed') and exists (
       select from course_parts p join lesson_versions l on l.id = p.lesson_version_id
       join module_versions v on v.id = l.module_version_id join modules m on m.id = v.module_id
       where p.course_version_id = e.course_version_id and m.code = $1
         and v.major = (select max(major) from module_versions where module_id = m.id and published_at is not null))`,
    [module],
  )
  return row!
}
