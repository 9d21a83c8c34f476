import { inTransaction, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { placeIn } from './assignment-lists.ts'
import { dueOf, type Place } from './assignment.ts'
import { record } from './audit.ts'
import { notify, recipient } from './notifying.ts'
import { Refused } from './refused.ts'
import { submissionsOf } from './submission.ts'

/** More time that was given to one person. */
export type Extension = { dueWall: Temporal.PlainDateTime; reason: string; by: string; at: Temporal.Instant }

export const extensionsOf = (enrollmentId: string): Promise<Extension[]> =>
  sql<Extension>(
    'extending.list',
    `select x.due_wall as "dueWall", x.reason, coalesce(p.name_latin, '') as by, x.at from extensions x
     left join people p on p.id = x.by_id where x.enrollment_id = $1 order by x.id`,
    [enrollmentId],
  )

/**
 * Gives one person more time, with the reason, and tells them. The latest date that was given counts.
 * @throws Refused 'assignment.noDue' where nothing has a date, 'assignment.notLater' when they have that long already
 */
export async function extend(actor: Actor, place: Place, to: Temporal.PlainDateTime, reason: string) {
  await inTransaction(async () => {
    await sql('extending.lock', 'select id from enrollments where id = $1 for no key update', [place.enrollmentId])
    await mustBeLater(place, to)
    const [row] = await sql<{ id: string }>(
      'extending.add',
      `insert into extensions (enrollment_id, assessment_id, due_wall, reason, by_id, at)
       values ($1, $2, $3, $4, $5, $6) returning id`,
      [place.enrollmentId, place.assessmentId, to, reason, actor.id, now()],
    )
    await record(actor, 'assignment.extended', 'enrollment', place.enrollmentId, { to: to.toString(), reason })
    const address = await recipient(place.personId)
    if (address) await notify(address, 'assignment-extended', `extension:${row!.id}`, { extensionId: row!.id })
  })
}

async function mustBeLater({ trainingId, enrollmentId }: Place, to: Temporal.PlainDateTime) {
  const place = (await placeIn(trainingId, enrollmentId))!
  const due = dueOf({ ...place, roundDue: (await submissionsOf(place)).at(-1)?.roundDue ?? null })
  if (!due) throw new Refused('assignment.noDue')
  if (Temporal.PlainDateTime.compare(to, due.wall) <= 0) throw new Refused('assignment.notLater', { field: 'day' })
}

/** Sets until when a training's assignment is to be handed in, on the wall clock of the training. */
export async function setDue(actor: Actor, trainingId: string, due: Temporal.PlainDateTime) {
  await inTransaction(async () => {
    await sql(
      'extending.due',
      `insert into assignment_dates (training_id, due_wall, by_id, at) values ($1, $2, $3, $4)
       on conflict (training_id) do update set due_wall = excluded.due_wall, by_id = excluded.by_id, at = excluded.at`,
      [trainingId, due, actor.id, now()],
    )
    await record(actor, 'assignment.due-set', 'training', trainingId, { due: due.toString() })
  })
}
