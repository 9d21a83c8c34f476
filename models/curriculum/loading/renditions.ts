import { sql } from '../../../lib/db.ts'

/**
 * Texts in languages agreed for trainings go with their lessons and cards into a version that comes into force: they
 * are in no file. Where its English is another one, they are behind it, and readers are told.
 */
export async function carryRenditions(moduleVersionId: string) {
  await sql('curriculum.carry-lessons', carried('lesson_version', LESSONS), [moduleVersionId])
  await sql('curriculum.carry-card', carried('module_version', CARD), [moduleVersionId])
}

const carried = (kind: string, owners: string) => `insert into texts (owner_kind, owner_id, field, language, body, html,
    source_ids, status, source_hash, origin, reviewer_id)
  select x.owner_kind, o.id, x.field, x.language, x.body, x.html, x.source_ids, x.status, x.source_hash, x.origin, x.reviewer_id
  from (${owners}) o join texts x on x.owner_kind = '${kind}' and x.owner_id = o.before
    and x.language <> all ('{en,ru}')
  on conflict (owner_kind, owner_id, field, language) do nothing`

const BEFORE = `order by m.major desc, m.minor desc limit 1) b on true`

const LESSONS = `select n.id, b.id as before from lesson_versions n join lateral (select w.id from lesson_versions w
    join module_versions m on m.id = w.module_version_id and m.published_at is not null and m.id <> $1
    where w.lesson_id = n.lesson_id ${BEFORE} where n.module_version_id = $1`

const CARD = `select n.id, b.id as before from module_versions n join lateral (select m.id from module_versions m
    where m.module_id = n.module_id and m.published_at is not null and m.id <> n.id ${BEFORE} where n.id = $1`
