import { expect } from 'chai'
import { one } from '../../lib/db.ts'
import { adjust, NO_ADJUSTMENT, setTest } from '../../models/adjusting.ts'
import { placeOf, sittingOf } from '../../models/attempt.ts'
import { handIn, start } from '../../models/attempting.ts'
import { standAt } from '../support/app.ts'
import { at40 } from '../support/at40.ts'
import { aCourse } from '../support/courses.ts'
import { anEnrollment, aTraining } from '../support/trainings.ts'
import { asActor, cast } from '../support/people.ts'

async function ready() {
  standAt('2026-12-01T08:00:00Z')
  const training = await aTraining(await aCourse({ attempts: 1 }))
  const actor = await asActor(await cast.learner())
  await anEnrollment(training, { ...actor, id: actor.id!, country: 'KZ' })
  const place = (await placeOf(actor, training.code))!
  return { training, actor, place, center: await asActor(await cast.coordinator()) }
}

describe('races: adjusting', () => {
  it('time given forty times while the attempt begins is in its deadline: what is set and what runs agree', async () => {
    const { actor, place, center } = await ready()
    await at40<unknown>(n =>
      n === 20
        ? start(actor, place)
        : adjust(center, place, { ...NO_ADJUSTMENT, extraMinutes: n + 1, reason: 'A reason' }),
    )
    const row = await one<{ ends: Temporal.Instant; extra: number }>(
      null,
      'select a.deadline_at as ends, x.extra_minutes as extra from attempts a, test_adjustments x',
    )
    const minutes = Temporal.Instant.from('2026-12-01T08:00:00Z').until(row!.ends).total('minutes')
    expect(minutes).to.equal(30 + row!.extra)
  })

  it('an attempt handed in while time is given is closed once and stays closed', async () => {
    const { training, actor, place, center } = await ready()
    await start(actor, place)
    const sitting = (await sittingOf(actor, training.code, 1))!
    await at40(n =>
      n % 2 ? handIn(actor, sitting) : adjust(center, place, { ...NO_ADJUSTMENT, extraMinutes: n, reason: 'A reason' }),
    )
    const row = await one(null, 'select closed_by as by, (select count(*)::int from grades) as grades from attempts')
    expect(row).to.deep.equal({ by: 'learner', grades: 1 })
  })

  it('forty settings at once leave one row', async () => {
    const { place, center } = await ready()
    const settings = { opensAt: null, closesAt: null, accessCode: null, feedback: null }
    await at40(n => setTest(center, place, { ...settings, waitHours: n + 1 }))
    expect(await one(null, 'select count(*)::int as n from test_settings')).to.deep.equal({ n: 1 })
  })
})
