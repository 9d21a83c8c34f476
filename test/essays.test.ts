import { expect } from 'chai'
import { one, sql } from '../lib/db.ts'
import { changeMark } from '../models/changing-marks.ts'
import { checkGrades } from '../models/checking-grades.ts'
import { closeOverdue } from '../models/closing-attempts.ts'
import { standingOf } from '../models/completing.ts'
import { erase } from '../models/erasing.ts'
import { essaysBy, nextEssay, signOf, waitingEssays } from '../models/essay.ts'
import { itemAnalysis } from '../models/item-analysis.ts'
import { versionsOf } from '../models/item.ts'
import { finalizeEssayMark, saveEssayMark } from '../models/marking-essays.ts'
import { changesBy, type Ruling, signOf as regradeSign } from '../models/regrade.ts'
import { regrade } from '../models/regrading.ts'
import { runJobs, standAt } from './support/app.ts'
import { aTrainerOf } from './support/assignments.ts'
import { begin, send } from './support/attempts.ts'
import { anEssayTraining, marked, points, resultOf, WORTH, type Written, written } from './support/essays.ts'
import { anEnrollment } from './support/trainings.ts'
import { aPerson, asActor, cast, type Someone } from './support/people.ts'
import { refusalOf } from './support/questions.ts'
import { signedIn } from './support/reader.ts'

const mails = (kind: string) =>
  sql<{ subject: string; text: string }>(
    null,
    `select subject, body_text as text from mails where kind = '${kind}' order by id`,
  )

const waitingIds = async (personId: string) => (await waitingEssays(personId)).map(({ id }) => id)

/** The mark that was told, changed by the Center. */
async function changed(
  work: Written,
  training: { id: string },
  by: Someone,
  count: number,
  { reason = 'A page was overlooked', comment = '' } = {},
) {
  const [essay] = await essaysBy(training.id, work.enrollmentId)
  const place = { trainingId: training.id, enrollmentId: work.enrollmentId }
  const change = { ...points(count, comment, signOf(essay!.mark)), reason }
  await changeMark(await asActor(by), place, essay!.id, change)
}

describe('essays in tests', () => {
  for (const [lang, words] of [
    [
      'en',
      { waits: '1 answer waits for a person', answered: '3 words', passed: 'You have passed', gave: '7 of 8 points' },
    ],
    [
      'ru',
      { waits: '1 ответ ещё должен оценить человек', answered: '3 слова', passed: 'пройден', gave: 'Баллы: 7 из 8' },
    ],
  ] as const)
    it(`an essay is written, handed in, marked and told without JavaScript: ${lang}`, async () => {
      const { training } = await anEssayTraining({ training: { code: 'RMC-01-E' } })
      const trainer = await aTrainerOf(training)
      const person = await aPerson({ locale: lang })
      await anEnrollment(training, person)
      const reader = await signedIn(person)
      const page = await begin(reader, training, lang)
      const area = page.$('textarea')
      expect(area).to.have.length(1)
      const fields = page
        .$('input[type=radio][value=a]')
        .toArray()
        .map(radio => [page.$(radio).attr('name')!, 'a'])
      const answers = { ...Object.fromEntries(fields), [area.attr('name')!]: 'Three plain words', go: 'check' }
      const check = await reader.follow(await reader.submit('/1/1', answers))
      expect(check.$('.check-list .tag-due')).to.have.length(0)
      expect(check.text).to.contain(words.answered)

      const waits = await reader.follow(await reader.submit('/handing-in'))
      expect(waits.text).to.contain(words.waits).and.not.match(/\d %/)
      const front = await reader.get(`/${lang}/trainings/${training.code}/test`)
      expect(front.$('tbody').text()).to.not.match(/%/)
      expect((await reader.get(`/${lang}/home`)).$('.next').text()).to.not.contain('%')
      await runJobs()
      const [receipt] = await mails('test-receipt')
      expect(receipt!.subject).to.not.contain('%')

      const marker = await signedIn(trainer)
      const home = await marker.get(`/${lang}/home`)
      expect(home.$(`a[href="/${lang}/marking"]`)).to.have.length(1)
      const taught = await marker.get(`/${lang}/teaching/${training.code}`)
      const address = taught.$('table a').attr('href')!
      expect((await marker.get(`/${lang}/marking`)).$(`a[href="${address}"]`).length).to.be.greaterThan(0)
      const essay = await marker.get(address)
      expect(essay.text).to.contain('Three plain words').and.contain('hidden-guidance 1')
      const id = address.split('/').at(-1)!
      const without = await marker.submit(`/marking/essays/${id}`, { comment: 'Well argued', go: 'final' })
      expect(without.status).to.equal(422)
      expect(without.$('#comment').val()).to.equal('Well argued')
      const done = await marker.submit(`/marking/essays/${id}`, { 'level-points': '7', go: 'final' })
      expect(done.location).to.equal(`/${lang}/marking?done=essay-whole`)

      const result = await reader.get(`/${lang}/trainings/${training.code}/attempts/1/result`)
      expect(result.$('h1').text()).to.match(/90 %/)
      expect(result.text).to.contain(words.passed).and.contain(words.gave).and.contain('Well argued')
      await runJobs()
      expect((await mails('test-marked'))[0]!.subject).to.match(/90 %/)
      expect(await checkGrades()).to.deep.equal({
        ...{ attempts: 1, differences: [], receipts: [], unsettled: [], grades: [] },
      })
    })

  it('nothing waits for a marker while late answers may arrive, and the wait is over before anybody marks', async () => {
    standAt('2027-03-08T08:00:00Z')
    const { training } = await anEssayTraining()
    const trainer = await aTrainerOf(training)
    const person = await aPerson()
    await anEnrollment(training, person)
    const reader = await signedIn(person)
    await begin(reader, training)
    const position = (await one<{ position: number }>(
      null,
      `select position from attempt_items ai join item_versions v on v.id = ai.item_version_id and v.type = 'essay'`,
    ))!.position
    standAt('2027-03-08T08:32:00Z')
    await send(reader, training, [{ question: position, value: ['In time'], counter: 1, ms: 1_700_000 }])
    expect(await waitingIds(trainer.id), 'the time is over, late answers may come').to.deep.equal([])
    standAt('2027-03-08T08:46:00Z')
    await runJobs()
    await closeOverdue()
    const [essay] = await waitingEssays(trainer.id)
    expect(essay).to.include({ code: training.code, begun: null })
    const late = await send(reader, training, [{ question: position, value: ['Too late'], counter: 2, ms: 1_700_001 }])
    expect(late.status).to.equal(409)
  })

  it('an essay left open earns nothing and waits for nobody', async () => {
    const { training } = await anEssayTraining()
    const work = await written(training, { text: null })
    expect(await resultOf(work)).to.deep.equal({ percent: '20.00', points: '2.000', grade: '20.00' })
    expect(await waitingIds((await aTrainerOf(training)).id)).to.deep.equal([])
  })

  it('of several essays the last mark makes the result, and a finished one may be looked at again before', async () => {
    const { training } = await anEssayTraining({ essays: 2 })
    const trainer = await asActor(await aTrainerOf(training))
    const work = await written(training)
    expect(await finalizeEssayMark(trainer, work.essays[0]!, points(4))).to.equal(false)
    expect(await resultOf(work)).to.deep.equal({ percent: null, points: null, grade: null })
    await finalizeEssayMark(trainer, work.essays[0]!, points(5))
    expect(await finalizeEssayMark(trainer, work.essays[1]!, points(3))).to.equal(true)
    expect(await resultOf(work)).to.include({ points: '10.000', grade: '55.56' })
    expect(await refusalOf(saveEssayMark(trainer, work.essays[0]!, points(8)))).to.equal('essays.graded')
  })

  it('the next essay comes without a trip to the list, question by question', async () => {
    const { training } = await anEssayTraining({ essays: 2 })
    const trainer = await aTrainerOf(training)
    const works = [await written(training), await written(training)]
    const waiting = await waitingEssays(trainer.id)
    const prompts = waiting.map(({ prompt }) => prompt.en)
    expect(prompts).to.deep.equal(prompts.toSorted())
    const reader = await signedIn(trainer)
    await reader.get(`/en/marking/essays/${waiting[0]!.id}`)
    const done = await reader.submit(`/marking/essays/${waiting[0]!.id}`, { 'level-points': '8', go: 'final' })
    expect(done.location).to.equal(`/en/marking/essays/${waiting[1]!.id}?done=essay-marked`)
    expect(works.flatMap(({ essays }) => essays)).to.include(waiting[1]!.id)
  })

  it('of two markers at one essay the second is told by name, sees the mark, and takes it over only on purpose', async () => {
    const { training } = await anEssayTraining()
    const [first, second] = [await aTrainerOf(training, { name: 'Rustam First' }), await aTrainerOf(training)]
    const [id] = (await written(training)).essays
    const reader = await signedIn(second)
    await reader.get(`/en/marking/essays/${id}`)
    await saveEssayMark(await asActor(first), id!, points(6, 'A first thought'))
    const told = await reader.submit(`/marking/essays/${id}`, { 'level-points': '2', comment: 'Mine', go: 'final' })
    expect(told.status).to.equal(422)
    expect(told.text).to.contain('Rustam First is marking this answer').and.contain('A first thought')
    expect(told.$('#comment').val()).to.equal('Mine')
    expect(await one(null, 'select comment from marks')).to.deep.equal({ comment: 'A first thought' })
    expect(nextEssay(await waitingEssays(second.id), '0')).to.include({ begun: 'Rustam First' })
    const over = await reader.submit(`/marking/essays/${id}`, { 'level-points': '2', comment: 'Mine', go: 'final' })
    expect(over.status).to.equal(303)
    expect(await refusalOf(saveEssayMark(await asActor(first), id!, points(6)))).to.equal('essays.graded')
  })

  it('what another marker has made final stays', async () => {
    const { training } = await anEssayTraining({ essays: 2 })
    const [first, second] = [await aTrainerOf(training), await aTrainerOf(training)]
    const [id] = (await written(training)).essays
    await finalizeEssayMark(await asActor(first), id!, points(6))
    const reader = await signedIn(second)
    const page = await reader.get(`/en/marking/essays/${id}`)
    expect(page.text).to.contain('6 of 8 points')
    expect(page.$('form input[name=level-points]')).to.have.length(0)
    expect(await refusalOf(saveEssayMark(await asActor(second), id!, points(1)))).to.equal('essays.final')
  })

  it('markers do not see whose answer it is, and nobody marks their own or that of another training', async () => {
    const { training } = await anEssayTraining()
    const person = await aPerson({ name: 'Zarina Hidden', email: 'zarina.hidden@ministry.example' })
    const work = await written(training, { person })
    const reader = await signedIn(await aTrainerOf(training))
    for (const path of ['/en/marking', `/en/marking/essays/${work.essays[0]}`, `/en/teaching/${training.code}`])
      expect((await reader.get(path)).$.html()).to.not.match(/zarina/i)
    await sql(
      null,
      `insert into role_grants (person_id, role, scope_kind, scope_id, valid_from) values ($1, 'trainer', 'training', $2, '2026-01-01')`,
      [person.id, training.id],
    )
    expect(await waitingIds(person.id)).to.deep.equal([])
    expect((await (await signedIn(person)).get(`/en/marking/essays/${work.essays[0]}`)).status).to.equal(404)
    expect(await waitingIds((await cast.trainer()).id)).to.deep.equal([])
  })

  it('result, certificate, best attempt and waiting step follow as for a test that the platform grades', async () => {
    const { training } = await anEssayTraining()
    const trainer = await aTrainerOf(training)
    const person = await aPerson()
    const low = await written(training, { person })
    const testIn = (await standingOf(low.enrollmentId)).missing.find(({ what }) => what === 'test')
    expect(testIn).to.include({ waiting: true, best: null })
    await marked(trainer, low, 2)
    expect(await resultOf(low)).to.include({ percent: '40.00', grade: '40.00' })
    const high = await written(training, { person })
    expect(await resultOf(high), 'the grade stays while the second waits').to.include({ percent: null, grade: '40.00' })
    await marked(trainer, high, 8)
    expect(await resultOf(high)).to.include({ percent: '100.00', grade: '100.00' })
    const after = await standingOf(low.enrollmentId)
    expect(after.missing.map(({ what }) => what)).to.deep.equal(['lessons'])
    const third = await written(training, { person, right: 0 })
    await marked(trainer, third, 0)
    expect(await resultOf(third), 'a worse one leaves the grade').to.include({ percent: '0.00', grade: '100.00' })
    expect((await checkGrades()).grades).to.deep.equal([])
  })

  it('a mark changed after the result was told: old, new and why are read and mailed, and the pass follows', async () => {
    const { training } = await anEssayTraining()
    const [trainer, center] = [await aTrainerOf(training), await cast.coordinator()]
    const work = await written(training)
    await marked(trainer, work, 6, 'First words')
    const reader = await signedIn(center)
    const taker = await reader.get(`/en/manage/trainings/${training.code}/test/${work.enrollmentId}`)
    const address = taker.$('a[href*="/essays/"]').attr('href')!
    await reader.get(address)
    const noReason = await reader.submit(address, { 'level-points': '1' })
    expect(noReason.status).to.equal(422)
    const done = await reader.submit(address, { 'level-points': '1', reason: 'Taken from a book' })
    expect(done.location).to.contain('done=mark-changed')
    expect(await resultOf(work)).to.deep.equal({ percent: '30.00', points: '3.000', grade: '30.00' })
    await runJobs()
    const [mail] = await mails('result-corrected')
    expect(mail!.text).to.contain('80 % before, 30 % now').and.contain('Taken from a book')
    const learner = await signedIn(work.person)
    const page = await learner.get(`/en/trainings/${training.code}/attempts/1/result`)
    expect(page.text).to.contain('80 % before, 30 % after. Reason: Taken from a book').and.contain('1 of 8 points')
    expect((await checkGrades()).differences).to.deep.equal([])
    const [essay] = await essaysBy(training.id, work.enrollmentId)
    const stale = { ...points(8), reason: 'Late' }
    const place = { trainingId: training.id, enrollmentId: work.enrollmentId }
    expect(await refusalOf(changeMark(await asActor(center), place, essay!.id, stale))).to.equal('essays.changed')
  })

  it('a regrade keeps marks: a dropped essay counts for nothing, and restored it counts as it was marked', async () => {
    const { training } = await anEssayTraining()
    const coordinator = await cast.coordinator()
    const center = await asActor(coordinator)
    const work = await written(training, { right: 1 })
    await marked(await aTrainerOf(training), work, 8)
    await changed(work, training, coordinator, 6)
    await decide('drop')
    expect(await resultOf(work)).to.include({ percent: '50.00', grade: '50.00' })
    await decide('restore')
    expect(await resultOf(work)).to.include({ percent: '70.00', grade: '70.00' })
    expect(await checkGrades()).to.deep.include({ differences: [], unsettled: [], grades: [] })

    async function decide(act: 'drop' | 'restore') {
      const [version] = await versionsOf(center, 'RMC-01-E1')
      const seen = regradeSign(await changesBy(version!.id, { act }))
      await regrade(center, version!, { act }, { reason: 'Looked at again', seen, losses: true })
      await runJobs()
    }
  })

  it('an essay dropped while it waits gives the result without it, and is not restored where nobody marked it', async () => {
    const { training } = await anEssayTraining()
    const coordinator = await cast.coordinator()
    const center = await asActor(coordinator)
    const work = await written(training)
    const [version] = await versionsOf(center, 'RMC-01-E1')
    const act = async (ruling: Ruling) => {
      const seen = regradeSign(await changesBy(version!.id, ruling))
      return refusalOf(regrade(center, version!, ruling, { reason: 'Misleading', seen, losses: true }))
    }
    const reader = await signedIn(coordinator)
    const page = await reader.get('/en/manage/bank/items/RMC-01-E1/versions/1/results?ruling=drop')
    expect(page.text).to.contain('1 test that asked it waits for marking')
    expect(await act({ act: 'drop' })).to.equal(undefined)
    await runJobs()
    expect(await resultOf(work)).to.include({ percent: '100.00', grade: '100.00' })
    const again = await reader.get('/en/manage/bank/items/RMC-01-E1/versions/1/results?ruling=restore')
    expect(again.text).to.contain('1 answer to this question was never marked')
    expect(await act({ act: 'restore' })).to.equal('regrade.unmarked')
    expect(await checkGrades()).to.deep.include({ differences: [], unsettled: [], grades: [] })
  })

  it('essays that wait when a training closes are due: the training says it, the home says it, they can still be marked', async () => {
    standAt('2027-03-08T08:00:00Z')
    const { training } = await anEssayTraining()
    const trainer = await aTrainerOf(training)
    const work = await written(training)
    await sql(null, `update trainings set status = 'closed' where id = $1`, [training.id])
    standAt('2027-03-20T08:00:00Z')
    const reader = await signedIn(await cast.coordinator())
    const text = '1 test waits for its essays to be marked'
    const home = await reader.get('/en/home')
    expect(home.text).to.contain(`${text}, since`)
    expect((await reader.get(`/en/manage/trainings/${training.code}`)).text).to.contain(
      'The training is closed, and 1 test still waits',
    )
    const page = await reader.get(`/en/manage/trainings/${training.code}/test`)
    expect(page.text).to.contain('1 essay waits for marking').and.contain('1 person marks in this training')
    await marked(trainer, work, 8)
    expect(await resultOf(work)).to.include({ grade: '100.00' })
    expect((await reader.get('/en/home')).text).to.not.contain(text)
  })

  it('the analysis of questions takes an essay as one of partial credit, once first attempts are marked', async () => {
    const { training } = await anEssayTraining({ attempts: 1 })
    const trainer = await aTrainerOf(training)
    const center = await asActor(await cast.coordinator())
    for (let n = 0; n < 30; n++) {
      const work = await written(training, { right: n % 3 })
      if (n < 29) await marked(trainer, work, n % 3 === 2 ? WORTH : 2)
    }
    const figures = async () =>
      (await itemAnalysis(center, training.course.moduleId)).versions.find(({ code }) => code === 'RMC-01-E1')!
    expect((await figures()).figures, 'twenty-nine are marked').to.equal(null)
    const [last] = await waitingEssays(trainer.id)
    await finalizeEssayMark(await asActor(trainer), last!.id, points(WORTH))
    const { people, figures: all } = await figures()
    expect(people).to.equal(30)
    expect(all!.difficulty).to.be.closeTo((20 * 0.25 + 10) / 30, 1e-9)
    expect(all!.discrimination).to.be.greaterThan(0.5)
  }).timeout(60_000)

  it('erasure takes the words of an essay and of what was said of it; the result stays and is computed the same', async () => {
    const { training } = await anEssayTraining()
    const work = await written(training, { text: 'private-words-4711' })
    await marked(await aTrainerOf(training), work, 6, 'private-comment-4712')
    await changed(work, training, await cast.coordinator(), 7, { reason: 'private-reason-4713' })
    await erase(await asActor(await cast.administrator()), work.person.id, 'Asked for')
    const rest = await sql<{ all: string }>(
      null,
      `select concat_ws(' ', (select jsonb_agg(a) from answers a), (select jsonb_agg(m) from marks m),
         (select jsonb_agg(c) from mark_changes c)) as all`,
    )
    expect(rest[0]!.all).to.not.match(/private/)
    expect(await resultOf(work)).to.include({ percent: '90.00' })
    expect(await checkGrades()).to.deep.include({ differences: [], receipts: [], unsettled: [] })
  })
})
