import { inTransaction } from '../../lib/db.ts'
import { now, setClock } from '../../lib/time.ts'
import { announce } from '../../models/announcing.ts'
import { type Plan, schedule } from '../../models/scheduling.ts'
import { set } from '../../models/settings.ts'
import { aDatedTraining, aPlan } from './agendas.ts'
import { theHouse } from './app.ts'
import type { SomeTraining, TrainingTraits } from './trainings.ts'
import { aPerson, asActor, type Someone } from './people.ts'

/** Trainings in which somebody teaches, for tests. */

const both = (text: string) => ({ en: text, ru: text })

export type Part = { from: string; to: string; title?: string; wanted?: Plan['wanted'] } & Partial<
  Pick<Plan, 'counts' | 'kind'>
>

/** Plans sessions of a training at wall times of Baku and announces them, as if it had been done on 1 October 2026. */
export async function taught(training: SomeTraining, who: Someone, by: Plan['wanted'], parts: Part[]) {
  const coordinator = await asActor(who)
  const ids: string[] = []
  const clock = now()
  setClock(() => Temporal.Instant.from('2026-10-01T08:00:00Z'))
  try {
    for (const { title, wanted, ...part } of parts) {
      const plan = aPlan({ ...part, title: both(title ?? 'Terms'), wanted: wanted ?? by })
      ids.push(...(await schedule(coordinator, training.id, plan)))
    }
    await announce(coordinator, training.id)
  } finally {
    setClock(() => clock)
  }
  return ids
}

/** A training of early November 2026 that a trainer taught: two sessions of 90 minutes, 4 academic hours. */
export async function somethingTaught(traits: TrainingTraits = {}, trainer?: Someone) {
  await inTransaction(() => set({ id: null }, 'signatories', [{ name: both('Leyla'), post: both('Director') }]))
  const coordinators = [
    await aPerson({ grants: [{ role: 'coordinator' }] }),
    await aPerson({ grants: [{ role: 'coordinator' }] }),
  ]
  const teacher = trainer ?? (await aPerson({ name: 'Rustam Karimov', cyrillic: 'Рустам Каримов', country: 'TJ' }))
  const training = await aDatedTraining({ startsOn: '2026-11-02', endsOn: '2026-11-03', ...traits })
  await taught(
    training,
    coordinators[0]!,
    [{ role: 'trainer', personId: teacher.id }],
    [
      { from: '2026-11-02T11:00', to: '2026-11-02T12:30' },
      { from: '2026-11-03T11:00', to: '2026-11-03T12:30' },
    ],
  )
  const { dataKey } = theHouse().config
  return { training, teacher, coordinators, dataKey, personId: teacher.id, trainingId: training.id }
}
