import { expect } from 'chai'
import { one } from '../../lib/db.ts'
import { allocateEvenly } from '../../models/allocating.ts'
import { finalizeMark, returnWork, saveMark } from '../../models/marking.ts'
import { changeGrade, release } from '../../models/releasing.ts'
import { addFile, handIn, removeFile, saveDraft } from '../../models/submitting.ts'
import { assignmentOf } from '../../models/assignment.ts'
import { extend } from '../../models/extending.ts'
import { runJobs, standAt } from '../support/app.ts'
import { aMarkedTraining, aTrainerOf, aWork, judged, levels } from '../support/assignments.ts'
import { at40 } from '../support/at40.ts'
import { anEnrollment } from '../support/trainings.ts'
import { aPerson, asActor, cast } from '../support/people.ts'

const count = async (from: string) => (await one<{ n: number }>(null, `select count(*)::int as n from ${from}`))!.n

const ways = (outcomes: unknown[]) =>
  Object.fromEntries(
    Map.groupBy(outcomes, each => (each instanceof Error ? ((each as { key?: string }).key ?? each.message) : 'done'))
      .entries()
      .map(([way, all]) => [way, all.length]),
  )

/** Forty at once; a refusal is an outcome like another. */
const together = <T>(act: (n: number) => Promise<T>) => at40(n => act(n).catch((error: Error) => error))

const judgment = { levels: levels(3, 3, 3, 3), comment: 'Well done' }

async function ready(traits: Parameters<typeof aMarkedTraining>[0] = {}) {
  standAt('2027-03-08T08:00:00Z')
  const { training } = await aMarkedTraining(traits)
  const markers = [await aTrainerOf(training), await aTrainerOf(training), await aTrainerOf(training)]
  return { training, markers, coordinator: await asActor(await cast.coordinator()) }
}

describe('races: marking', function () {
  this.timeout(60_000)

  it('a draft handed in forty times at once is one work, one receipt, one step of its life', async () => {
    const { training } = await ready()
    const person = await aPerson()
    await anEnrollment(training, person)
    const actor = await asActor(person)
    const place = (await assignmentOf(actor, training.code))!
    await saveDraft(actor, place, { body: 'Once', language: 'en', revision: 0 })
    const outcomes = await together(() => handIn(actor, place))
    expect(ways(outcomes)).to.deep.equal({ done: 40 })
    await runJobs()
    expect(await count(`mails where kind = 'assignment-receipt'`)).to.equal(1)
    expect(await count(`transitions where to_status = 'handed_in'`)).to.equal(1)
  })

  it('a draft begun on many devices is one, keeps at most ten files, and nothing is added after the hand-in', async () => {
    const { training } = await ready()
    const person = await aPerson()
    await anEnrollment(training, person)
    const actor = await asActor(person)
    const place = (await assignmentOf(actor, training.code))!
    const file = (n: number) => ({
      sha256: `${n % 20}`.padStart(64, '0'),
      type: 'application/pdf',
      size: 9,
      name: `${n % 20}.pdf`,
    })
    await together<unknown>(async n => {
      if (n % 10 === 9) return saveDraft(actor, place, { body: `Text ${n}`, language: 'en', revision: 99 })
      return addFile(actor, place, file(n), 'en')
    })
    expect(await count('submissions')).to.equal(1)
    expect(await count(`files where owner_kind = 'submission'`)).to.equal(10)
    await together<unknown>(n => (n % 2 ? removeFile(place, '999999') : handIn(actor, place)))
    expect(await count(`files where owner_kind = 'submission'`)).to.equal(10)
  })

  it('two and more markers at the same work: one has it, the others are told, no mark is lost or doubled', async () => {
    const { training, markers } = await ready()
    const work = await aWork(training)
    const actors = await Promise.all(markers.map(asActor))
    const outcomes = await together(n => saveMark(actors[n % 3]!, work.id, judgment))
    const told = ways(outcomes)
    expect(Object.keys(told).toSorted()).to.deep.equal(['done', 'marking.gone'])
    expect(await count('marks')).to.equal(1)
  })

  it('two markers apart and a third: two marks, each part once, the work accepted once', async () => {
    const { training, markers } = await ready({ markers: 2 })
    const work = await aWork(training)
    const actors = await Promise.all(markers.map(asActor))
    await together(n => finalizeMark(actors[n % 3]!, work.id, judgment))
    expect(await count('marks')).to.equal(2)
    expect(await count(`marks where final_at is not null`)).to.equal(2)
    expect(await count(`transitions where record_kind = 'submission' and to_status = 'accepted'`)).to.equal(1)
  })

  it('made final and returned at once: one of the two, one mail at most, one draft of the next round at most', async () => {
    const { training, markers } = await ready()
    const work = await aWork(training)
    const marker = await asActor(markers[0]!)
    await together<unknown>(n =>
      n % 2 ? finalizeMark(marker, work.id, judgment) : returnWork(marker, work.id, judgment),
    )
    await runJobs()
    const returned = await count(`submissions where status = 'returned'`)
    expect(await count(`submissions where status = 'accepted'`)).to.equal(1 - returned)
    expect(await count(`mails where kind = 'assignment-returned'`)).to.equal(returned)
    expect(await count('submissions')).to.equal(1 + returned)
  })

  it('released by two at once: each grade once, each learner mailed once', async () => {
    const { training, markers, coordinator } = await ready()
    const works = [await aWork(training), await aWork(training)]
    for (const work of works) await judged(markers[0]!, work, [3, 3, 3, 3])
    const trainer = await asActor(markers[1]!)
    await together(n => release(n % 2 ? coordinator : trainer, training.id, n % 3 ? null : works[0]!.enrollmentId))
    await runJobs()
    expect(await count('grade_releases')).to.equal(2)
    expect(await count(`mails where kind = 'grade-released'`)).to.equal(2)
  })

  it('changes after release stand one after the other, and the last of them is the grade', async () => {
    const { training, markers, coordinator } = await ready()
    const work = await aWork(training)
    await judged(markers[0]!, work, [3, 3, 3, 3])
    await release(coordinator, training.id)
    const outcomes = await together(n =>
      changeGrade(coordinator, training.id, work.enrollmentId, {
        levels: levels(n % 4, 1, 1, 1),
        comment: '',
        reason: `${n}`,
      }),
    )
    expect(ways(outcomes)).to.deep.equal({ done: 40 })
    expect(await count('grade_releases')).to.equal(41)
    expect(
      await count('grades g where g.percent = (select percent from grade_releases order by id desc limit 1)'),
    ).to.equal(1)
  })

  it('works given out by many at once are given once, and of more time given at once the longest counts', async () => {
    const { training, coordinator } = await ready()
    const works = [await aWork(training), await aWork(training), await aWork(training)]
    await together(() => allocateEvenly(coordinator, training.id))
    expect(await count('allocations')).to.equal(3)
    const due = (n: number) => Temporal.PlainDateTime.from('2027-03-14T12:00').add({ minutes: n })
    const outcomes = await together(n => extend(coordinator, works[0]!.place, due(n), `Reason ${n}`))
    const given = await count('extensions')
    expect(ways(outcomes), 'who comes after a longer time is told so').to.deep.equal({
      ...{ done: given, ...(given < 40 ? { 'assignment.notLater': 40 - given } : {}) },
    })
    expect(await count(`extensions where due_wall = '2027-03-14T12:39'`)).to.equal(1)
  })
})
