import { one, sql } from '../../../lib/db.ts'
import type { AssignmentCard } from '../assignment.ts'
import type { Language } from '../shapes.ts'
import type { WrittenModule } from '../writing.ts'
import type { Place } from './module.ts'

/** The assignment of a course version, as its files would say it. */
export async function writtenAssignment({ courseVersionId, rules }: Place): Promise<WrittenModule['assignment']> {
  const row = await one<Omit<AssignmentCard, 'certificate'> & { id: string }>(
    'exporting.assignment',
    `select a.id, a.title, a.formats, a.pass_percent, a.attempts as rounds, a.due_days, a.round_days, a.markers,
       a.anonymous, r.criteria as rubric
     from assessments a join rubric_versions r on r.id = a.rubric_version_id
     where a.course_version_id = $1 and a.kind = 'assignment'`,
    [courseVersionId],
  )
  if (!row) return undefined
  const { id, title, formats, rubric, ...numbers } = row
  const card = { title, formats, certificate: rules.assignment === true, ...numbers, rubric: rubric.map(criterion) }
  return { card, briefs: await briefsOf(id) }
}

const criterion = ({ id, weight, title, levels }: AssignmentCard['rubric'][number]) => ({
  ...{ id, weight, title },
  levels: levels.map(({ points, text }) => ({ points, text })),
})

async function briefsOf(assessmentId: string) {
  const rows = await sql<{ language: Language; body: string; status: 'reviewed' | 'not_reviewed' }>(
    'exporting.briefs',
    `select language, body, status from texts where owner_kind = 'assessment' and owner_id = $1 and field = 'brief'
       and language in ('en', 'ru') order by language`,
    [assessmentId],
  )
  return rows.map(({ language, body, status }) => ({
    language,
    ...(language === 'ru' ? { review: status } : {}),
    body,
  }))
}
