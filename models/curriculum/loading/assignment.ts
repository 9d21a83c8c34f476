import { one, sql } from '../../../lib/db.ts'
import { now } from '../../../lib/time.ts'
import type { AssignmentContent } from '../content.ts'

/** Stores a module's assignment for a proposed course version: its rubric's version, its rules, its brief. */
export async function insertAssignment(
  courseVersionId: string,
  code: string,
  { card, briefs, hash }: AssignmentContent,
) {
  const rubric = await rubricVersion(`${code}-assignment`, JSON.stringify(card.rubric), hash)
  const assessment = await one<{ id: string }>(
    'curriculum.assignment',
    `insert into assessments (course_version_id, kind, title, pass_percent, attempts, rubric_version_id, markers,
       anonymous, due_days, round_days, formats)
     values ($1, 'assignment', $2, $3, $4, $5, $6, $7, $8, $9, $10) returning id`,
    [
      ...[courseVersionId, JSON.stringify(card.title), card.pass_percent, card.rounds, rubric.id],
      ...[card.markers, card.anonymous, card.due_days, card.round_days, card.formats],
    ],
  )
  for (const text of briefs)
    await sql(
      'curriculum.brief',
      `insert into texts (owner_kind, owner_id, field, language, body, html, source_ids, status, source_hash, origin)
       values ('assessment', $1, 'brief', $2, $3, $4, $5, $6, $7, 'file')`,
      [assessment!.id, text.language, text.body, text.html, text.sourceIds, text.status, text.sourceHash],
    )
  return assessment!
}

/** Publishes the rubrics of a course version: from then on they never change. */
export async function publishRubrics(courseVersionId: string) {
  await sql(
    'curriculum.rubric-publish',
    `update rubric_versions set published_at = $2 where published_at is null
       and id in (select rubric_version_id from assessments where course_version_id = $1)`,
    [courseVersionId, now()],
  )
}

/** Forgets the briefs of a module version that is dropped; the assessments themselves go with their course version. */
export async function dropBriefs(moduleVersionId: string) {
  await sql(
    'curriculum.drop-briefs',
    `delete from texts where owner_kind = 'assessment' and owner_id in (select a.id from assessments a
       join course_versions v on v.id = a.course_version_id where v.module_version_id = $1)`,
    [moduleVersionId],
  )
}

// A published version whose criteria are the same serves again; one that waits gives way.
async function rubricVersion(code: string, criteria: string, hash: string): Promise<{ id: string }> {
  await sql('curriculum.rubric', 'insert into rubrics (code) values ($1) on conflict (code) do nothing', [code])
  const newest = await one<{ id: string; number: number; hash: string; published: boolean }>(
    'curriculum.rubric-newest',
    `select v.id, v.number, v.content_hash as hash, v.published_at is not null as published
     from rubric_versions v join rubrics r on r.id = v.rubric_id where r.code = $1 order by v.number desc limit 1`,
    [code],
  )
  if (newest?.hash === hash) return newest
  if (newest && !newest.published)
    return (await one<{ id: string }>(
      'curriculum.rubric-again',
      'update rubric_versions set criteria = $2, content_hash = $3 where id = $1 returning id',
      [newest.id, criteria, hash],
    ))!
  return (await one<{ id: string }>(
    'curriculum.rubric-version',
    `insert into rubric_versions (rubric_id, number, criteria, content_hash)
     select id, $2, $3, $4 from rubrics where code = $1 returning id`,
    [code, (newest?.number ?? 0) + 1, criteria, hash],
  ))!
}
