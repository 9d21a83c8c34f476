import { one, sql } from '../../lib/db.ts'
import { now } from '../../lib/time.ts'
import type { MailKind, Mails } from '../../models/notifying.ts'
import { aMarkedTraining, aWork } from './assignments.ts'
import { asActor, type Someone } from './people.ts'
import { aRequest } from './requests.ts'

export type Send = <Kind extends MailKind>(kind: Kind, data: Mails[Kind]) => Promise<string>

const idOf = async (text: string, values: unknown[]) => (await one<{ id: string }>(null, text, values))!.id

/** Letters about a work handed in, returned, given more time, released and marked anew. @param long what is written in them */
export async function lettersOfAssignments(person: Someone, send: Send, long: string) {
  const { training, assessmentId } = await aMarkedTraining({ course: { code: 'RMC-02' } })
  const { id: submissionId, enrollmentId } = await aWork(training, { person, body: long })
  await send('assignment-receipt', { submissionId })
  await sql(null, `update submissions set status = 'returned', returned_at = $2, returned_comment = $3 where id = $1`, [
    ...[submissionId, now(), long],
  ])
  await send('assignment-returned', { submissionId })
  const extensionId = await idOf(
    `insert into extensions (enrollment_id, assessment_id, due_wall, reason, at) values ($1, $2, $3, $4, $5) returning id`,
    [enrollmentId, assessmentId, '2027-03-20T23:59', long.slice(0, 1000), now()],
  )
  await send('assignment-extended', { extensionId })
  for (const [kind, percent, reason] of [
    ['grade-released', 60, null],
    ['grade-changed', 75, long.slice(0, 1000)],
  ] as const) {
    const releaseId = await idOf(
      `insert into grade_releases (enrollment_id, assessment_id, submission_id, points, max_points, percent, levels, comments,
         reason, at) values ($1, $2, $3, $4, 100, $4, '[]', '[]', $5, $6) returning id`,
      [enrollmentId, assessmentId, submissionId, percent, reason, now()],
    )
    await send(kind, { releaseId })
  }
}

/** Letters to who stands for a State: that they do, and what is written about a request of it. */
export async function lettersOfStates(person: Someone, send: Send, long: string) {
  await sql(
    null,
    `insert into role_grants (person_id, role, scope_kind, scope_id, valid_from, part)
     values ($1, 'focal_point', 'state', 'KZ', $2, 'main')`,
    [person.id, now().subtract({ hours: 1 })],
  )
  await send('mandate-news', { state: 'KZ', part: 'main', news: 'given', otherId: (await asActor(person)).id })
  const request = await aRequest(person, 'KZ')
  const messageId = await idOf(
    `insert into messages (request_id, state, side, by_id, body, at) values ($1, 'KZ', 'center', $2, $3, $4) returning id`,
    [request.id, person.id, long, now()],
  )
  await send('request-news', { requestId: request.id, news: 'message', state: 'KZ', messageId })
}
