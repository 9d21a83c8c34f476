import { expect } from 'chai'
import { one, sql } from '../lib/db.ts'
import type { Actor } from '../models/actor.ts'
import { composedCourse, versionsOf } from '../models/composed-course.ts'
import { changeDraft, missingOf, nextVersion, publishCourse, retireCourse, startCourse } from '../models/composing.ts'
import { Refused } from '../models/refused.ts'
import { runJobs } from './support/app.ts'
import { begin, itemAt } from './support/attempts.ts'
import { aComposedCourse, aPlan, publish, seenNow } from './support/composing.ts'
import { aCourse, type SomeCourse } from './support/courses.ts'
import { anEnrollment, aTraining } from './support/trainings.ts'
import { asActor, cast } from './support/people.ts'
import { guest, type Page, type Reader, signedIn } from './support/reader.ts'

const CODE = 'BORDER-BASICS'
const PATH = `/en/manage/courses/${CODE}`
const FORM = {
  ...{ code: CODE, titleEn: 'Borders in a week', titleRu: 'Границы за неделю', aimEn: 'Know.', aimRu: 'Знать.' },
  ...{ audienceEn: 'Guards', audienceRu: 'Пограничники', theme: 'foundations', level: 'foundation' },
}

describe('Composing courses', function () {
  this.timeout(60_000)
  let desk: Reader
  let actor: Actor
  let courses: SomeCourse[]

  beforeEach(async () => {
    courses = [await aCourse({ unwritten: 1 }), await aCourse({ code: 'RMC-02', position: 2 })]
    const coordinator = await cast.coordinator()
    actor = await asActor(coordinator)
    desk = await signedIn(coordinator)
    await sql(null, `insert into settings (key, value, changed_at) values ('signatories', $1, now())`, [
      JSON.stringify([{ name: { en: 'A', ru: 'А' }, post: { en: 'Director', ru: 'Директор' } }]),
    ])
  })

  it('lessons of two modules are put in order by buttons, published, offered, learned and certified', async () => {
    await desk.get('/en/manage/courses/new')
    const picked = { more: ['RMC-01-L1', 'RMC-01-L2', 'RMC-02-L1'] }
    let page = await desk.submit('/courses/new', { ...FORM, ...picked, kind: 'achievement', test: 'yes', press: 'add' })
    expect(orderOf(page.$)).to.deep.equal(['RMC-01-L1', 'RMC-01-L2', 'RMC-02-L1'])
    page = await desk.submit('/courses/new', { press: 'up RMC-02-L1' })
    expect(orderOf(page.$)).to.deep.equal(['RMC-01-L1', 'RMC-02-L1', 'RMC-01-L2'])
    expect(page.$('#titleRu').val()).to.equal(FORM.titleRu)
    page = await desk.follow(await desk.submit('/courses/new', { mandatory: ['RMC-01-L1', 'RMC-02-L1'] }))
    expect(page.text).to.contain('The draft is saved').and.contain('not needed for the certificate')
    expect((await guest().get(`/en/courses/${CODE}`)).status).to.equal(404)

    page = await desk.get(`${PATH}/preview`)
    expect(page.text).to.contain('Nobody can enroll here').and.contain('70')
    expect((await desk.get(`/ru/manage/courses/${CODE}/preview/reading`)).text).to.contain('Чему учит RMC-02-L1')
    await desk.get(PATH)
    page = await desk.follow(await desk.submit('/publication'))
    expect(page.text).to.contain('The course is published').and.contain('Version 1.0 of')
    expect((await guest().get('/en/courses?q=borders')).text).to.contain(CODE)
    expect((await guest().get(`/ru/courses/${CODE}`)).text).to.contain('Границы за неделю')

    await desk.get(`/en/manage/trainings/new?course=${CODE}`)
    page = await desk.submit('/trainings/new', { code: 'BB-1', format: 'self_paced', enrollmentMode: 'open' })
    await desk.follow(page)
    await desk.get('/en/manage/trainings/BB-1/publication')
    await desk.follow(await desk.submit('/publication'))
    expect(await certified(desk, courses)).to.equal('achievement')
  })

  it('a draft lacks languages and lessons that can be read: publication lists them and refuses', async () => {
    await desk.get('/en/manage/courses/new')
    await desk.follow(
      await desk.submit('/courses/new', { ...FORM, titleRu: '', aimEn: '', kind: 'attendance', more: ['RMC-01-L3'] }),
    )
    const page = await desk.get(PATH)
    expect(page.text)
      .to.contain('write the title in Russian')
      .and.contain('write the aim in English')
      .and.contain('not published yet: RMC-01-L3')
    expect(page.$('form[action$="/publication"]')).to.have.length(0)
    const refused = await desk.post(`${PATH}/publication`, { seen: await seenNow(CODE) })
    expect(refused.status).to.equal(422)
    expect(refused.text).to.contain('Something is still missing')
    expect((await composedCourse(CODE))!.state).to.equal('draft')
  })

  it('a wrong form comes back with its lessons', async () => {
    await desk.get('/ru/manage/courses/new')
    const page = await desk.submit('/courses/new', {
      ...{ ...FORM, code: 'RMC-77', titleEn: '', titleRu: '', theme: '', hours: '0', kind: 'achievement' },
      more: ['RMC-02-L2'],
    })
    expect(page.status).to.equal(422)
    expect(page.$('.error-summary a')).to.have.length(5)
    expect(page.$('[name=more][checked]').val()).to.equal('RMC-02-L2')
    await aComposedCourse(actor, CODE, aPlan(['RMC-01-L1']))
    await desk.get('/en/manage/courses/new')
    expect((await desk.submit('/courses/new', { ...FORM })).text).to.contain('Another course has this code')
  })

  it('hours are those of the lessons until somebody says otherwise', async () => {
    await aComposedCourse(actor, CODE, aPlan(['RMC-01-L1', 'RMC-02-L1']))
    const [version] = await versionsOf((await composedCourse(CODE))!.id)
    expect(version!.hours).to.equal(version!.lessons.reduce((sum, { hours }) => sum + hours, 0))
    await nextVersion(actor, CODE, false)
    await changeDraft(actor, CODE, aPlan(['RMC-01-L1', 'RMC-02-L1'], { hours: 9 }), await seenNow(CODE))
    expect((await composedCourse(CODE))!.draft!.hours).to.equal(9)
    await desk.get(`${PATH}/edit`)
    await desk.follow(await desk.submit('/edit'))
    expect((await composedCourse(CODE))!.draft!.hours).to.equal(9)
  })

  it('only words changed: a minor version with a note, which those who learn read with its date', async () => {
    await aComposedCourse(actor, CODE, aPlan(['RMC-01-L1', 'RMC-02-L1']))
    const learner = await cast.learner()
    await anEnrollment(await trainingOf(), learner)
    await nextVersion(actor, CODE, false)
    const words = { title: { en: 'Borders in a month', ru: 'Границы за месяц' } }
    await changeDraft(actor, CODE, aPlan(['RMC-01-L1', 'RMC-02-L1'], words), await seenNow(CODE))
    expect(await refusal(publish(actor, CODE))).to.equal('composing.noteNeeded')
    expect(await publish(actor, CODE, { en: 'A month, not a week.', ru: 'Месяц, а не неделя.' })).to.equal('1.1')
    const page = await (await signedIn(learner)).get('/ru/trainings/BB-2/lessons/RMC-02-L1')
    expect(page.text).to.contain('Месяц, а не неделя.')
  })

  it('other lessons, order or rules make a major version, and those who learn stay on theirs', async () => {
    await aComposedCourse(actor, CODE, aPlan(['RMC-01-L1', 'RMC-02-L1']))
    const learner = await cast.learner()
    await anEnrollment(await trainingOf(), learner)
    for (const plan of [
      aPlan(['RMC-02-L1', 'RMC-01-L1']),
      aPlan(['RMC-02-L1', 'RMC-01-L1'], { evaluation: false }),
      aPlan(['RMC-02-L1'], { evaluation: false }),
    ]) {
      await nextVersion(actor, CODE, false)
      await changeDraft(actor, CODE, plan, await seenNow(CODE))
      expect(await publish(actor, CODE)).to.match(/^[234]\.0$/)
    }
    const page = await (await signedIn(learner)).get('/en/trainings/BB-2/lessons/RMC-01-L1')
    expect(page.status).to.equal(200)
  })

  it('a lesson whose module has a newer major version: the page says so and takes it into a new version', async () => {
    await aComposedCourse(actor, CODE, aPlan(['RMC-01-L1', 'RMC-02-L1']))
    expect((await desk.get(PATH)).text).to.not.contain('older version')
    const newer = await aCourse({ code: 'RMC-02', position: 2 })
    await sql(null, 'alter table module_versions disable trigger module_versions_keep')
    await sql(null, 'update module_versions set major = 2, minor = 0 where id = $1', [newer.moduleVersionId])
    await sql(null, 'alter table module_versions enable trigger module_versions_keep')
    const page = await desk.get(PATH)
    expect(page.text).to.contain('holds 1 lesson of an older version')
    await desk.follow(await desk.post(`${PATH}/versions`, { lessons: 'newest' }))
    const { draft, published } = (await composedCourse(CODE))!
    expect(draft!.lessons.map(({ versionId }) => versionId)).to.deep.equal([
      courses[0]!.lessons[0]!.versionId,
      newer.lessons[0]!.versionId,
    ])
    expect(published!.lessons[1]!.versionId).to.equal(courses[1]!.lessons[0]!.versionId)
    expect(await publish(actor, CODE)).to.equal('2.0')
    expect((await desk.get(PATH)).text).to.not.contain('older version')
  })

  it('the test asks about what the chosen lessons teach, of no other module, and needs enough questions', async () => {
    const test = { perOutcome: 2, passPercent: 80 }
    await aComposedCourse(actor, CODE, aPlan(['RMC-02-L1'], { kind: 'achievement', test }))
    const { published } = (await composedCourse(CODE))!
    expect(published!.test).to.deep.include({
      blueprint: { 'RMC-02-LO1': 2, 'RMC-02-LO2': 2 },
      passPercent: 80,
    })
    expect(published!.rules.items).to.deep.equal(courses[1]!.items.map(({ code }) => code).toSorted())
    await nextVersion(actor, CODE, false)
    const greedy = { ...test, perOutcome: 5 }
    await changeDraft(actor, CODE, aPlan(['RMC-02-L1'], { kind: 'achievement', test: greedy }), await seenNow(CODE))
    const { draft } = (await composedCourse(CODE))!
    expect(await missingOf(draft!)).to.deep.equal([{ what: 'bank', outcome: 'RMC-02-LO1' }])
  })

  it('what somebody else has changed meanwhile is neither written over nor published', async () => {
    await aComposedCourse(actor, CODE, aPlan(['RMC-01-L1']))
    await nextVersion(actor, CODE, false)
    const seen = await seenNow(CODE)
    await changeDraft(actor, CODE, aPlan(['RMC-01-L2']), seen)
    expect(await refusal(changeDraft(actor, CODE, aPlan(['RMC-02-L1']), seen))).to.equal('composing.changed')
    expect(await refusal(publishCourse(actor, CODE, { seen, note: null }))).to.equal('composing.changed')
    expect((await composedCourse(CODE))!.draft!.lessons.map(({ code }) => code)).to.deep.equal(['RMC-01-L2'])
  })

  it('a retired course is in no catalog and cannot be offered; its trainings go on, and it can come back', async () => {
    await aComposedCourse(actor, CODE, aPlan(['RMC-01-L1']))
    await trainingOf()
    await desk.get(PATH)
    await desk.follow(await desk.submit('/retirement'))
    expect((await guest().get('/en/courses')).text).to.not.contain(CODE)
    expect((await desk.get('/en/manage/trainings/new')).$(`option[value=${CODE}]`)).to.have.length(0)
    const post = { course: CODE, code: 'BB-3', format: 'self_paced', enrollmentMode: 'open', languages: ['en', 'ru'] }
    expect((await desk.submit('/trainings/new', post)).status).to.equal(422)
    expect((await guest().get('/en/trainings/BB-2')).status).to.equal(200)
    await desk.get(PATH)
    await desk.follow(await desk.submit('/return'))
    await retireCourse(actor, CODE, false)
    expect((await guest().get('/en/courses')).text).to.contain(CODE)
  })

  it('administrators look and change nothing', async () => {
    const administrator = await cast.administrator()
    expect(await refusal(aComposedCourse(await asActor(administrator), CODE, aPlan(['RMC-01-L1'])))).to.equal(
      'composing.notYours',
    )
    await aComposedCourse(actor, CODE, aPlan(['RMC-01-L1']))
    const page = await (await signedIn(administrator)).get(PATH)
    expect(page.$('main form')).to.have.length(0)
  })

  it('the next version is discarded, as it was seen; what is in force stays, and the only version does', async () => {
    await startCourse(actor, CODE, aPlan(['RMC-01-L1']))
    await desk.get(PATH)
    const first = await desk.post(`${PATH}/discarding`, { seen: await seenNow(CODE) })
    expect([first.status, (await composedCourse(CODE))!.draft === undefined]).to.deep.equal([422, false])
    await publish(actor, CODE)
    await nextVersion(actor, CODE, false)
    expect((await desk.post(`${PATH}/discarding`, { seen: 'another' })).status).to.equal(422)
    await desk.get(PATH)
    const page = await desk.follow(await desk.submit('/discarding'))
    expect(page.text).to.contain('The next version is discarded')
    const { draft, published } = (await composedCourse(CODE))!
    expect([draft, published!.major]).to.deep.equal([undefined, 1])
    expect((await desk.post(`${PATH}/discarding`)).status).to.equal(404)
  })
})

const orderOf = ($: Page['$']) =>
  $('[name=lessons]')
    .toArray()
    .map(each => each.attribs.value)

async function trainingOf() {
  const course = (await one<{ id: string; versionId: string }>(
    null,
    `select c.id, v.id as "versionId" from courses c join course_versions v on v.course_id = c.id where c.code = $1`,
    [CODE],
  ))!
  return aTraining({ ...course, code: CODE } as SomeCourse, { code: 'BB-2' })
}

async function refusal(act: Promise<unknown>): Promise<string | undefined> {
  return act.then(
    () => undefined,
    error => {
      if (error instanceof Refused) return error.key
      throw error
    },
  )
}

/** A learner goes the whole way in the training BB-1; the kind of the certificate at its end. */
async function certified(desk: Reader, courses: SomeCourse[]): Promise<string> {
  const reader = await signedIn(await cast.learner())
  await reader.get('/en/trainings/BB-1')
  await reader.follow(await reader.submit('/enrollment'))
  for (const lesson of ['RMC-01-L1', 'RMC-02-L1']) {
    await reader.get(`/en/trainings/BB-1/lessons/${lesson}`)
    await reader.follow(await reader.submit('/progress'))
  }
  const training = { code: 'BB-1' } as Parameters<typeof begin>[1]
  const items = courses.flatMap(course => course.items)
  let page = await begin(reader, training)
  for (const n of [1, 2]) {
    const questions = page.$('section.question').toArray()
    const answers = questions.map(element => {
      const position = Number(element.attribs.id!.replace(/\D/g, ''))
      return [`q${position}`, itemAt(page, position, items).right]
    })
    page = await reader.follow(
      await reader.submit(`/1/${n}`, { ...Object.fromEntries(answers), go: n === 1 ? '2' : 'check' }),
    )
  }
  page = await reader.follow(await reader.submit('/handing-in'))
  expect(page.$('h1').text()).to.contain('100 %')
  await reader.get('/en/trainings/BB-1/evaluation')
  await reader.submit('/evaluation', { 'about-relevance': '5', 'about-clarity': '4' })
  const { id } = (await one<{ id: string }>(null, 'select id from enrollments'))!
  await reader.open(`/en/enrollments/${id}/names`)
  await reader.follow(await reader.submit('/names', { latin: 'Aigerim Sadykova', print: [], act: 'confirm' }))
  await desk.open('/en/manage/certificates')
  await desk.follow(await desk.submit('/manage/certificates', { enrollment: id }))
  await runJobs()
  const row = await one<{ kind: string; code: string }>(null, 'select kind, code from certificates')
  expect((await guest().open(`/verify/${row!.code}`)).text).to.contain('Borders in a week')
  return row!.kind
}
