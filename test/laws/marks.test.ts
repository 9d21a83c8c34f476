import { expect } from 'chai'
import { sql } from '../../lib/db.ts'
import { assignmentOf } from '../../models/assignment.ts'
import { returnWork, saveMark } from '../../models/marking.ts'
import { changeGrade, release } from '../../models/releasing.ts'
import { handIn } from '../../models/submitting.ts'
import { runJobs } from '../support/app.ts'
import { aWork, judged, lastWork, levels } from '../support/assignments.ts'
import { aPerson, asActor, type Someone } from '../support/people.ts'
import { guest, type Reader, signedIn } from '../support/reader.ts'
import { taught } from '../support/teaching.ts'
import type { Row } from './access/who.ts'
import { table } from './access-table.ts'
import { bytesOf } from './bytes.ts'
import { none } from './tree.ts'
import { aWorld, type World } from './world.ts'

/**
 * Works of one training in every state a work can be in, each with a comment of its own. Every address of the access
 * table is asked for as everyone who must not know: before release no learner finds a word or a number of a judgment,
 * and after it only the one whose work it is. A new route is covered by the row it needs in the access table.
 */

const COMMENT = {
  begun: 'quietly-begun-1207',
  judged: 'quietly-judged-3391',
  returned: 'quietly-returned-5528',
  released: 'quietly-released-7746',
  changed: 'quietly-changed-9913',
}
type State = keyof typeof COMMENT

/** Percent of the work that is judged and not released: three criteria at their highest, one below. */
const PERCENT = /93[.,]33/

/** What the learner of each work may read: a comment once the work came back or the grade was released. */
const OWN: State[] = ['returned', 'released', 'changed']

describe('law: judgments before release', function () {
  this.timeout(600_000)
  let world: World
  let works: Record<State, { person: Someone; id: string; enrollmentId: string }>
  let readers: { name: string; may: State[]; reader: Reader }[]

  beforeEach(async () => {
    world = await aWorld()
    const { people, marked } = world
    works = await inEveryState(world)
    // The learner's State may see that they take part, and somebody only moderates.
    await sql(null, `update people set ministry_may_see = true where country = 'KZ'`)
    const moderator = await aPerson()
    await taught(
      marked.training,
      people.coordinator,
      [{ role: 'moderator', personId: moderator.id }],
      [{ from: '2027-03-03T11:00', to: '2027-03-03T12:30' }],
    )
    const learners = (Object.keys(COMMENT) as State[]).map(async state => ({
      ...{ name: `the learner whose work is ${state}`, may: OWN.includes(state) ? [state] : [] },
      reader: await signedIn(works[state].person),
    }))
    const others = { 'a guest': guest(), 'a moderator': await signedIn(moderator), ...outsiders(world) }
    readers = [
      ...(await Promise.all(learners)),
      ...Object.entries(others).map(([name, reader]) => ({ name, may: [], reader })),
    ]
    for (const { reader } of readers) await reader.token()
  })

  it('no page, file, feed, export or search holds a word or number of one, but for whose work it is once it is told', async () => {
    const leaks: string[] = []
    const told = new Set<State>()
    for (const row of table.filter(each => each.route.startsWith('GET')))
      for (const path of pathsOf(row))
        for (const { name, may, reader } of readers) {
          const text = await bytesOf(reader, path)
          for (const state of Object.keys(COMMENT) as State[]) {
            if (!text.includes(COMMENT[state])) continue
            if (may.includes(state)) told.add(state)
            else leaks.push(`${name} reads what was said of the ${state} one: ${path}`)
          }
          if (PERCENT.test(text)) leaks.push(`${name} reads the percent: ${path}`)
        }
    none([...new Set(leaks)])
    expect([...told], 'what was told is read').to.have.members(OWN)
    const desk = await bytesOf(
      world.readers.coordinator,
      `/en/manage/trainings/RMC-01-MARKED/assignment/${works.judged.enrollmentId}`,
    )
    expect(desk, 'it is there to be found').to.contain(COMMENT.judged).and.match(PERCENT)
  })

  it('no mail holds a word or number of one, but for whose work it is once it is told', async () => {
    await runJobs()
    const mails = await sql<{ personId: string; text: string }>(
      null,
      `select person_id as "personId", concat_ws(' ', subject, body_text, body_html, calendar::text, data::text) as text from mails`,
    )
    const about = (state: State) => mails.filter(({ text }) => text.includes(COMMENT[state]))
    for (const state of Object.keys(COMMENT) as State[])
      none(
        about(state)
          .filter(({ personId }) => !(OWN.includes(state) && personId === works[state].person.id))
          .map(({ text }) => text.slice(0, 200)),
      )
    none(mails.filter(({ text }) => PERCENT.test(text)).map(({ text }) => text.slice(0, 200)))
    expect(about('returned').length, 'who gets a work back is told why').to.be.greaterThan(0)
  })

  /** The address with each of the works in it. */
  function pathsOf(row: Row): string[] {
    const each = Object.values(works).map(({ id, enrollmentId }) => ({
      ...world,
      marked: { ...world.marked, workId: id, enrollmentId },
    }))
    return [...new Set([world, ...each].map(of => row.at(of)))]
  }
})

const outsiders = ({ readers }: World) => ({
  'a focal point': readers.focalPoint,
  'a stranger': readers.stranger,
  'who is in charge of another training': readers.inCharge,
})

/** One work begun to be marked, one judged and not released, one returned, one released, one released and changed. */
async function inEveryState({ people, marked }: World) {
  const [trainer, center] = [await asActor(people.trainer), await asActor(people.coordinator)]
  const place = (await assignmentOf(await asActor(people.owner), marked.training.code))!
  await handIn(await asActor(people.owner), place)
  const works = {
    judged: { person: people.owner, id: await lastWork(place), enrollmentId: place.enrollmentId },
    begun: await aWork(marked.training, { person: people.other }),
    returned: await aWork(marked.training),
    released: await aWork(marked.training),
    changed: await aWork(marked.training),
  }
  const judgment = (state: State) => ({ levels: levels(2, 3, 3, 3), comment: COMMENT[state] })
  await saveMark(trainer, works.begun.id, judgment('begun'))
  await returnWork(trainer, works.returned.id, judgment('returned'))
  await judged(people.trainer, works.judged, [3, 3, 2, 3], COMMENT.judged)
  for (const state of ['released', 'changed'] as const) {
    await judged(people.trainer, works[state], [2, 3, 3, 3], COMMENT[state])
    await release(center, marked.training.id, works[state].enrollmentId)
  }
  const change = { ...judgment('changed'), reason: 'Overlooked a page' }
  await changeGrade(center, marked.training.id, works.changed.enrollmentId, change)
  return works
}
