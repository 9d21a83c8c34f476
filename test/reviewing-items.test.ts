import { expect } from 'chai'
import { one, sql } from '../lib/db.ts'
import type { Actor } from '../models/actor.ts'
import { placeOf } from '../models/attempt.ts'
import { start } from '../models/attempting.ts'
import { itemsInUse, liveTests, needsOf } from '../models/item-needs.ts'
import { versionsOf } from '../models/item.ts'
import { keepItem } from '../models/keeping-items.ts'
import { retireItem, returnItem, reviewItem, useItems } from '../models/reviewing-items.ts'
import './support/app.ts'
import { aCourse, type SomeCourse } from './support/courses.ts'
import { anEnrollment, aTraining, type SomeTraining } from './support/trainings.ts'
import { aPerson, asActor } from './support/people.ts'
import { aQuestion, aReviewed, refusalOf } from './support/questions.ts'

describe('reviewing items', () => {
  let course: SomeCourse
  let author: Actor
  let reviewer: Actor

  beforeEach(async () => {
    course = await aCourse()
    author = await asActor(await aPerson({ grants: [{ role: 'content_editor' }] }))
    reviewer = await asActor(await aPerson({ grants: [{ role: 'coordinator' }] }))
  })

  const states = async (code: string) => (await versionsOf(author, code)).map(({ status }) => status)
  const hashOf = async (code: string) => (await versionsOf(author, code))[0]!.hash
  const versions = () =>
    sql<{ version: string; codes: string[] }>(
      null,
      `select major || '.' || minor as version, rules -> 'items' as codes from course_versions
       where published_at is not null order by major, minor`,
    )

  it('nobody reviews what they have written in, also when somebody else began it', async () => {
    const { code } = await keepItem(author, aQuestion())
    expect(await refusalOf(reviewItem(author, 'RMC-01', code, await hashOf(code)))).to.equal('item.ownWork')
    await keepItem(reviewer, aQuestion({ code, difficulty: 'hard' }))
    expect(await refusalOf(reviewItem(reviewer, 'RMC-01', code, await hashOf(code)))).to.equal('item.ownWork')
    expect(await states(code)).to.deep.equal(['draft'])
  })

  it('what was changed since it was read is not reviewed', async () => {
    const { code } = await keepItem(author, aQuestion())
    const read = await hashOf(code)
    await keepItem(author, aQuestion({ code, difficulty: 'hard' }))
    expect(await refusalOf(reviewItem(reviewer, 'RMC-01', code, read))).to.equal('item.changed')
  })

  it('a reviewed version goes back with a reason, which stands in its life', async () => {
    const code = await aReviewed(author, reviewer)
    await returnItem(reviewer, 'RMC-01', code, 'The key is doubtful')
    expect(await states(code)).to.deep.equal(['draft'])
    const steps = await sql<{ step: string }>(
      null,
      `select concat_ws(' ', from_status, to_status, reason) as step from transitions
       where record_kind = 'item_version' order by id`,
    )
    expect(steps.map(({ step }) => step)).to.deep.equal([
      'draft',
      'draft reviewed',
      'reviewed draft The key is doubtful',
    ])
  })

  it('only what is reviewed comes into use', async () => {
    const { code } = await keepItem(author, aQuestion())
    expect(await refusalOf(useItems(author, 'RMC-01', [code]))).to.equal('item.notReviewed')
    expect(await refusalOf(useItems(author, 'RMC-01', []))).to.equal('item.none')
  })

  it('a corrected question takes the place of its old version in every test at once', async () => {
    const code = await aReviewed(author, reviewer, { code: 'RMC-01-Q01' })
    expect(await useItems(author, 'RMC-01', [code])).to.equal(null)
    expect(await states(code)).to.deep.equal(['in_use', 'retired'])
    expect(await versions()).to.have.length(1)
  })

  it('new questions join the course by its next major version, the same in all else', async () => {
    const codes = [await aReviewed(author, reviewer), await aReviewed(author, reviewer)]
    expect(await useItems(author, 'RMC-01', codes)).to.equal('2.0')
    const [old, next] = await versions()
    expect(next!.codes).to.deep.equal([...old!.codes, ...codes].toSorted())
    const parts = (version: string) =>
      one<{ parts: string }>(
        null,
        `select string_agg(p.kind || coalesce(a.title ->> 'en', p.lesson_version_id::text, p.form_version_id::text), ','
           order by p.position) as parts
         from course_parts p join course_versions v on v.id = p.course_version_id
         left join assessments a on a.id = p.assessment_id and a.course_version_id = v.id
         where v.major || '.' || v.minor = $1`,
        [version],
      )
    expect(await parts('2.0')).to.deep.equal(await parts('1.0'))
  })

  it('a version of the course counts only its own questions, and a training on an older one keeps that', async () => {
    await aTraining(course, { status: 'running' })
    await useItems(author, 'RMC-01', [await aReviewed(author, reviewer)])
    const tests = await liveTests(course.moduleId)
    const inUse = await itemsInUse(course.moduleId)
    expect(tests.map(({ version }) => version)).to.deep.equal(['2.0', '1.0'])
    expect(tests.map(test => needsOf(test, inUse)[0]!.have)).to.deep.equal([3, 2])
  })

  it('while the files propose a version, no new question joins', async () => {
    const code = await aReviewed(author, reviewer)
    await sql(
      null,
      `insert into course_versions (course_id, major, minor, theme, level, hours, title, aim, audience, rules, proposed_at)
       select course_id, 2, 0, theme, level, hours, title, aim, audience, rules, proposed_at from course_versions`,
    )
    expect(await refusalOf(useItems(author, 'RMC-01', [code]))).to.equal('item.proposalWaits')
    expect(await states(code)).to.deep.equal(['reviewed'])
  })

  it('a question a test cannot be drawn without is not retired, and cannot move to another outcome', async () => {
    expect(await refusalOf(retireItem(author, 'RMC-01', 'RMC-01-Q01', 'Wrong'))).to.equal('item.short')
    const code = await aReviewed(author, reviewer, { code: 'RMC-01-Q01', outcome: 'RMC-01-LO2' })
    expect(await refusalOf(useItems(author, 'RMC-01', [code]))).to.equal('item.short')
    expect(await states(code)).to.deep.equal(['reviewed', 'in_use'])
  })

  it('two forms before and after a training need twice the questions', async () => {
    const { moduleId } = await aCourse({ code: 'RMC-02', measured: 1 })
    const measures = (await liveTests(moduleId)).find(({ kind }) => kind === 'pre')!
    expect(needsOf(measures, await itemsInUse(moduleId)).every(({ count }) => count === 2)).to.equal(true)
  })

  it('a composed course that asks about the module counts as well, for what it asks about it', async () => {
    await sql(
      null,
      `with kept as (insert into courses (code, kind) values ('BORDER', 'composed') returning id),
         version as (insert into course_versions (course_id, major, minor, theme, level, hours, title, aim, audience,
           rules, proposed_at, published_at)
         select kept.id, 1, 0, theme, level, hours, title, aim, audience, rules, proposed_at, published_at
         from course_versions, kept returning id)
       insert into assessments (course_version_id, kind, title, blueprint, pass_percent, attempts, per_page, feedback)
       select version.id, 'test', title, '{"RMC-01-LO1": 3, "RMC-09-LO1": 1}', 70, 3, 5, 'never' from version, assessments`,
    )
    await useItems(author, 'RMC-01', [await aReviewed(author, reviewer)])
    const composed = (await liveTests(course.moduleId)).find(test => test.course === 'BORDER')!
    expect(needsOf(composed, await itemsInUse(course.moduleId))).to.deep.equal([
      { outcome: 'RMC-01-LO1', of: 'any', count: 3, have: 2 },
    ])
  })

  it('a question that can be spared is retired, with the reason', async () => {
    const code = await aReviewed(author, reviewer)
    await useItems(author, 'RMC-01', [code])
    await retireItem(author, 'RMC-01', code, 'Out of date')
    expect(await states(code)).to.deep.equal(['retired'])
    expect(await refusalOf(retireItem(author, 'RMC-01', code, 'Again'))).to.equal('item.isRetired')
  })
})

describe('questions that come into use', () => {
  let course: SomeCourse
  let author: Actor
  let reviewer: Actor

  beforeEach(async () => {
    course = await aCourse({ items: 2, drawn: 2 })
    author = await asActor(await aPerson({ grants: [{ role: 'content_editor' }] }))
    reviewer = await asActor(await aPerson({ grants: [{ role: 'content_editor' }] }))
  })

  const codesIn = async (training: SomeTraining, times = 6) => {
    const codes = new Set<string>()
    for (let n = 0; n < times; n++) for (const { code } of await askedIn(await sitting(training))) codes.add(code)
    return [...codes].toSorted()
  }
  const OLD = ['RMC-01-Q01', 'RMC-01-Q02', 'RMC-01-Q03', 'RMC-01-Q04']

  it('correct the next attempt of every training; an attempt that runs keeps what it shows', async () => {
    const training = await aTraining(course)
    const running = await sitting(training)
    const before = await askedIn(running)
    await useItems(author, 'RMC-01', [await aReviewed(author, reviewer, { code: 'RMC-01-Q01' })])
    expect(await askedIn(running)).to.deep.equal(before)
    const next = await askedIn(await sitting(training))
    expect(next.filter(({ number }) => number === 2)).to.deep.equal([{ code: 'RMC-01-Q01', number: 2 }])
  })

  it('are drawn where the course has them; who learns on an earlier version keeps its questions', async () => {
    const added = await aReviewed(author, reviewer)
    await useItems(author, 'RMC-01', [added])
    const { id } = (await one<{ id: string }>(null, 'select id from course_versions where major = 2'))!
    expect(await codesIn(await aTraining(course, { code: 'RMC-01-OLD' }))).to.deep.equal(OLD)
    expect(await codesIn(await aTraining({ ...course, versionId: id }, { code: 'RMC-01-NEW' }))).to.include(added)
  })

  it('fill in where an earlier version has too few left', async () => {
    const added = await aReviewed(author, reviewer)
    await useItems(author, 'RMC-01', [added])
    await sql(
      null,
      `update item_versions v set status = 'retired' from items i where i.id = v.item_id and i.code = 'RMC-01-Q02'`,
    )
    expect(await codesIn(await aTraining(course), 1)).to.deep.equal([OLD[0], OLD[2], OLD[3], added])
  })
})

type Asked = { code: string; number: number }

const askedIn = (attemptId: string) =>
  sql<Asked>(
    null,
    `select i.code, v.number from attempt_items ai join item_versions v on v.id = ai.item_version_id
     join items i on i.id = v.item_id where ai.attempt_id = $1 order by ai.position`,
    [attemptId],
  )

/** The id of an attempt that somebody new begins in a training. */
async function sitting(training: SomeTraining) {
  const person = await aPerson()
  await anEnrollment(training, person)
  const actor = await asActor(person)
  return (await start(actor, (await placeOf(actor, training.code))!)).id
}
