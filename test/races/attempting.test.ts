import { expect } from 'chai'
import { inScope, one, sql } from '../../lib/db.ts'
import { type Attempt, placeOf, sittingOf } from '../../models/attempt.ts'
import { handIn, start } from '../../models/attempting.ts'
import { closeOverdue } from '../../models/closing-attempts.ts'
import { runJobs, standAt } from '../support/app.ts'
import { aCourse } from '../support/courses.ts'
import { anEnrollment, aTraining } from '../support/trainings.ts'
import { asActor, cast } from '../support/people.ts'

const MANY = 40

async function ready(traits: Parameters<typeof aCourse>[0] = {}) {
  const training = await aTraining(await aCourse(traits))
  const actor = await asActor(await cast.learner())
  await anEnrollment(training, { ...actor, id: actor.id!, country: 'KZ' })
  return { training, actor, place: (await placeOf(actor, training.code))! }
}

/** Does the same many times at once, each on its own connection. */
const atOnce = <T>(act: (n: number) => Promise<T>) =>
  Promise.all(Array.from({ length: MANY }, (_, n) => inScope(() => act(n))))

const attempts = async () =>
  (await one<{ all: number; open: number; items: number }>(
    null,
    `select count(*)::int as all, count(*) filter (where handed_in_at is null)::int as open,
       (select count(*)::int from attempt_items) as items from attempts`,
  ))!

describe('races: attempting', () => {
  it('forty presses of the start button make exactly one attempt, and all lead to it', async () => {
    const { actor, place } = await ready()
    const begun = await atOnce(() => start(actor, place))
    expect(new Set(begun.map(attempt => attempt.id)).size).to.equal(1)
    expect(await attempts()).to.deep.equal({ all: 1, open: 1, items: 4 })
  })

  it('forty hand-ins at once give one result, one grade and one mail', async () => {
    const { training, actor, place } = await ready()
    await start(actor, place)
    const sitting = (await sittingOf(actor, training.code, 1))!
    await atOnce(() => handIn(actor, sitting))
    await runJobs()
    const row = await one(
      null,
      `select (select count(*)::int from grades) as grades, (select count(*)::int from mails) as mails,
         (select count(*)::int from audit_entries where action = 'attempt.handed-in') as lines`,
    )
    expect(row).to.deep.equal({ grades: 1, mails: 1, lines: 1 })
  })

  it('starting and handing in mixed never leaves two open attempts, nor more than are allowed', async () => {
    const { training, actor, place } = await ready({ attempts: 3 })
    const outcomes = await atOnce(async n => {
      if (n % 2) return start(actor, place).catch((error: Error) => error)
      const open = await one<Attempt>(null, 'select number from attempts where handed_in_at is null')
      const sitting = open && (await sittingOf(actor, training.code, open.number))
      return sitting && handIn(actor, sitting)
    })
    for (const outcome of outcomes)
      if (outcome instanceof Error) expect(outcome.message).to.equal('Refused: attempt.noneLeft')
    const { all, open, items } = await attempts()
    expect(all).to.be.within(1, 3)
    expect(open).to.be.at.most(1)
    expect(items).to.equal(all * 4)
  })

  it('the job, looks at the page and hand-ins after the deadline close an attempt once', async () => {
    standAt('2026-12-01T08:00:00Z')
    const { training, actor, place } = await ready()
    await start(actor, place)
    const sitting = (await sittingOf(actor, training.code, 1))!
    standAt('2026-12-01T08:31:00Z')
    await atOnce(async n => void (n % 2 ? await closeOverdue() : await handIn(actor, sitting)))
    const rows = await sql(null, 'select closed_by as by, (select count(*)::int from mails) as mails from attempts')
    expect(rows).to.deep.equal([{ by: 'time', mails: 1 }])
  })
})
