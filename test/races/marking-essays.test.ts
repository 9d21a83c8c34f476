import { expect } from 'chai'
import { one } from '../../lib/db.ts'
import { changeMark } from '../../models/changing-marks.ts'
import { checkGrades } from '../../models/checking-grades.ts'
import { essaysBy, signOf } from '../../models/essay.ts'
import { versionsOf } from '../../models/item.ts'
import { finalizeEssayMark, saveEssayMark } from '../../models/marking-essays.ts'
import { changesBy, signOf as regradeSign } from '../../models/regrade.ts'
import { regrade } from '../../models/regrading.ts'
import { runJobs } from '../support/app.ts'
import { aTrainerOf } from '../support/assignments.ts'
import { at40 } from '../support/at40.ts'
import { anEssayTraining, marked, points, written } from '../support/essays.ts'
import { asActor, cast } from '../support/people.ts'
import { refusalOf } from '../support/questions.ts'

const count = async (from: string) => (await one<{ n: number }>(null, `select count(*)::int as n from ${from}`))!.n

/** How many of forty came to which end; `done` where nothing was refused. */
const ends = (outcomes: (string | undefined)[]) =>
  Object.fromEntries([...Map.groupBy(outcomes, each => each ?? 'done')].map(([end, all]) => [end, all.length]))

async function ready(essays = 1) {
  const { training } = await anEssayTraining({ essays })
  const people = [await aTrainerOf(training), await aTrainerOf(training), await aTrainerOf(training)]
  const markers = [await asActor(people[0]!), await asActor(people[1]!), await asActor(people[2]!)]
  return { training, people, markers, work: await written(training) }
}

describe('races: marking essays', function () {
  this.timeout(60_000)

  it('of three markers at one essay one has it, the others are told, and nothing is overwritten', async () => {
    const { markers, work } = await ready()
    const outcomes = await at40(n =>
      refusalOf(saveEssayMark(markers[n % 3]!, work.essays[0]!, points(n % 3, `${n % 3}`))),
    )
    const told = ends(outcomes)
    expect(Object.keys(told).toSorted()).to.deep.equal(['done', 'essays.taken'])
    expect([13, 14]).to.include(told.done)
    expect(await count('marks')).to.equal(1)
    expect(await count(`audit_entries where action = 'mark.taken-over'`)).to.equal(0)
  })

  it('made final by forty at once: one mark, one result, one mail', async () => {
    const { markers, work } = await ready()
    const outcomes = await at40(n => refusalOf(finalizeEssayMark(markers[n % 3]!, work.essays[0]!, points(n % 3))))
    expect(ends(outcomes)).to.deep.equal({ done: 1, 'essays.graded': 39 })
    await runJobs()
    expect(await count(`mails where kind = 'test-marked'`)).to.equal(1)
    expect(await count(`audit_entries where action = 'attempt.marked'`)).to.equal(1)
    expect(await checkGrades()).to.deep.include({ differences: [], unsettled: [], grades: [] })
  })

  it('the last two marks of an attempt at once make its result once', async () => {
    const { markers, work } = await ready(2)
    await at40(n => refusalOf(finalizeEssayMark(markers[n % 2]!, work.essays[n % 2]!, points(4))))
    expect(await count('attempts where percent = 55.56')).to.equal(1)
    expect(await count(`audit_entries where action = 'attempt.marked'`)).to.equal(1)
  })

  it('of forty changes of one mark at once one is made, and the others are told that it changed', async () => {
    const { training, people, work } = await ready()
    await marked(people[0]!, work, 6)
    const center = await asActor(await cast.coordinator())
    const [essay] = await essaysBy(training.id, work.enrollmentId)
    const place = { trainingId: training.id, enrollmentId: work.enrollmentId }
    const change = { ...points(3, '', signOf(essay!.mark)), reason: 'Looked again' }
    const outcomes = await at40(() => refusalOf(changeMark(center, place, essay!.id, change)))
    expect(ends(outcomes)).to.deep.equal({ done: 1, 'essays.changed': 39 })
    expect(await count('mark_changes')).to.equal(1)
    expect(await count('grades where percent = 50')).to.equal(1)
  })

  it('marks given while a question is dropped lose nothing: each result follows what holds then', async () => {
    const { training, people, markers } = await ready()
    const works = [await written(training), await written(training), await written(training)]
    await marked(people[0]!, works[0]!, 8)
    const center = await asActor(await cast.coordinator())
    const [version] = await versionsOf(center, 'RMC-01-Q01')
    const drop = async () => {
      for (;;) {
        const seen = regradeSign(await changesBy(version!.id, { act: 'drop' }))
        const said = { reason: 'Wrong', seen, losses: true }
        const text = await refusalOf(regrade(center, version!, { act: 'drop' }, said))
        if (text !== 'regrade.changed') return text
      }
    }
    await at40(n =>
      n === 20 ? drop() : refusalOf(finalizeEssayMark(markers[n % 3]!, works[1 + (n % 2)]!.essays[0]!, points(4))),
    )
    await runJobs()
    expect(await count('marks where final_at is not null')).to.equal(3)
    expect(await count('attempts where percent is not null and max_points <> 9')).to.equal(0)
    expect(await checkGrades()).to.deep.include({ differences: [], unsettled: [], grades: [] })
  })
})
