import { inTransaction } from '../../lib/db.ts'
import { certify } from '../../models/certifying.ts'
import { set } from '../../models/settings.ts'
import { theHouse } from './app.ts'
import { aCourse } from './courses.ts'
import { confirmedNames, finished } from './finishing.ts'
import { anEnrollment, aTraining } from './trainings.ts'
import { aPerson, asActor, cast } from './people.ts'

const both = (text: string) => ({ en: text, ru: text })

/** Someone who has earned a certificate and confirmed the name, and two coordinators who may issue it. */
export async function earned() {
  await inTransaction(() => set({ id: null }, 'signatories', [{ name: both('Leyla'), post: both('Director') }]))
  const person = await cast.learner()
  const enrollment = await finished(await anEnrollment(await aTraining(await aCourse()), person))
  await confirmedNames(enrollment)
  const coordinators = []
  for (let i = 0; i < 2; i++) coordinators.push(await asActor(await aPerson({ grants: [{ role: 'coordinator' }] })))
  return { enrollment, coordinators, learner: await asActor(person), dataKey: theHouse().config.dataKey }
}

/** The same, issued. */
export async function issued() {
  const made = await earned()
  const outcome = await certify(made.coordinators[0]!, made.enrollment.id, made.dataKey)
  if (!outcome.ok) throw new Error(outcome.reason)
  return { ...made, code: outcome.code }
}
