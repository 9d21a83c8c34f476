import { one } from '../../lib/db.ts'
import { withdraw } from '../../models/withdrawing.ts'
import type { SomeCourse } from '../support/courses.ts'
import { anEnrollment, aTraining } from '../support/trainings.ts'
import { aPerson, asActor } from '../support/people.ts'

/** A place held for the first in line, by the key of its link, and a request that waits for a decision. */
export type Offering = { token: string; requestId: string }

export async function somethingOffered(course: SomeCourse): Promise<Offering> {
  const small = await aTraining(course, { code: 'RMC-01-SMALL', seats: 1 })
  const leaving = await aPerson()
  await anEnrollment(small, leaving)
  await anEnrollment(small, await aPerson(), { status: 'waiting' })
  await withdraw(await asActor(leaving), small.id)
  const mail = await one<{ data: { link: string } }>(null, `select data from mails where kind = 'place-offered'`)
  const asked = await aTraining(course, { code: 'RMC-01-ASKED', mode: 'approval' })
  const request = await anEnrollment(asked, await aPerson(), { status: 'requested' })
  return { token: mail!.data.link.replace('/offers/', ''), requestId: request.id }
}
