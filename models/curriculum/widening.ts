import { one, sql } from '../../lib/db.ts'
import { now } from '../../lib/time.ts'
import { Refused } from '../refused.ts'

type Newest = { id: string; major: number; version: string; published: boolean; codes: string[] }
type Widened = { id: string; version: string }

/**
 * Gives the course of a module more questions. Which questions a course has is part of a major version: the next one is
 * published, the same in all else; who learns stays on theirs, with its questions. Codes it has already change nothing.
 * @returns the new version with its number, "2.0"; null when none was needed
 * @throws Refused 'item.noCourse' before the first publication, 'item.proposalWaits' while the files propose a version
 */
export async function widenCourse(moduleId: string, codes: string[]): Promise<Widened | null> {
  const newest = await one<Newest>(
    'widening.newest',
    `select c.id, c.major, c.major || '.' || c.minor as version, c.published_at is not null as published,
       coalesce(array(select jsonb_array_elements_text(c.rules -> 'items')), '{}') as codes
     from course_versions c join courses k on k.id = c.course_id where k.module_id = $1
     order by c.major desc, c.minor desc limit 1`,
    [moduleId],
  )
  if (!newest) throw new Refused('item.noCourse')
  const more = codes.filter(code => !newest.codes.includes(code))
  if (!more.length) return null
  if (!newest.published) throw new Refused('item.proposalWaits', { version: newest.version })
  const id = await copyVersion(newest.id, [...newest.codes, ...more].toSorted())
  await copyAssessments(newest.id, id)
  await copyParts(newest.id, id)
  await sql('widening.publish', 'update course_versions set published_at = $2 where id = $1', [id, now()])
  return { id, version: `${newest.major + 1}.0` }
}

// Whole rows are copied by their type: a column that is added later is copied too.
async function copyVersion(from: string, codes: string[]): Promise<string> {
  const row = await one<{ id: string }>(
    'widening.version',
    `insert into course_versions overriding system value
     select r.* from course_versions c cross join lateral jsonb_populate_record(null::course_versions, to_jsonb(c) ||
       jsonb_build_object('id', nextval(pg_get_serial_sequence('course_versions', 'id')), 'major', c.major + 1,
         'minor', 0, 'rules', c.rules || jsonb_build_object('items', $2::jsonb), 'proposed_at', $3::timestamptz,
         'published_at', null)) r
     where c.id = $1 returning id`,
    [from, JSON.stringify(codes), now()],
  )
  return row!.id
}

async function copyAssessments(from: string, to: string) {
  await sql(
    'widening.assessments',
    `insert into assessments overriding system value
     select r.* from assessments a cross join lateral jsonb_populate_record(null::assessments, to_jsonb(a) ||
       jsonb_build_object('id', nextval(pg_get_serial_sequence('assessments', 'id')), 'course_version_id', $2::bigint)) r
     where a.course_version_id = $1`,
    [from, to],
  )
  await sql(
    'widening.briefs',
    `insert into texts overriding system value
     select r.* from texts x join assessments a on a.id = x.owner_id and a.course_version_id = $1
     join assessments b on b.course_version_id = $2 and b.kind = a.kind
     cross join lateral jsonb_populate_record(null::texts, to_jsonb(x) ||
       jsonb_build_object('id', nextval(pg_get_serial_sequence('texts', 'id')), 'owner_id', b.id)) r
     where x.owner_kind = 'assessment'`,
    [from, to],
  )
}

const copyParts = (from: string, to: string) =>
  sql(
    'widening.parts',
    `insert into course_parts overriding system value
     select r.* from course_parts p left join assessments a on a.id = p.assessment_id
     left join assessments b on b.course_version_id = $2 and b.kind = a.kind
     cross join lateral jsonb_populate_record(null::course_parts, to_jsonb(p) ||
       jsonb_build_object('id', nextval(pg_get_serial_sequence('course_parts', 'id')), 'course_version_id', $2::bigint,
         'assessment_id', b.id)) r
     where p.course_version_id = $1`,
    [from, to],
  )
