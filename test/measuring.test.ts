import { expect } from 'chai'
import fc from 'fast-check'
import { one, sql } from '../lib/db.ts'
import { placeOf } from '../models/attempt.ts'
import { start } from '../models/attempting.ts'
import { checkGrades } from '../models/checking-grades.ts'
import { type Cell, cellsOf, type Drawable, drawForms } from '../models/drawing.ts'
import { type MeasuringFacts, timeToMeasure } from '../models/measuring.ts'
import { runJobs, standAt } from './support/app.ts'
import { attemptOf, enrolled } from './support/attempts.ts'
import { aCourse } from './support/courses.ts'
import { readLessons } from './support/finishing.ts'
import { anEnrollment, aTraining } from './support/trainings.ts'
import { aPerson, asActor, type Someone } from './support/people.ts'
import { type Reader, signedIn } from './support/reader.ts'

/** What a training changes: the same asked before and after, by two forms that share no question. */

const RMC_01 = {
  ...{ LO1: { easy: 1, medium: 1 }, LO2: { easy: 1, medium: 1 } },
  ...{ LO3: { medium: 1, hard: 1 }, LO4: { medium: 1, hard: 1 } },
}

async function ready(traits: Parameters<typeof enrolled>[0] = {}) {
  standAt('2026-12-01T08:00:00Z')
  return enrolled({ items: 4, drawn: 2, measured: 2, perPage: 10, ...traits })
}

const page = (code: string, kind: string, lang = 'en') => `/${lang}/trainings/${code}/${kind}-test`

async function take(reader: Reader, code: string, kind: 'pre' | 'post') {
  await reader.get(page(code, kind))
  const first = await reader.follow(await reader.submit(`/${kind}-test`))
  expect(first.path).to.match(new RegExp(`/attempts/${kind}/1$`))
  await reader.submit(`/${kind}/1`, { q1: 'a', q2: 'a' })
  await reader.get(`/en/trainings/${code}/attempts/${kind}/check`)
  return reader.follow(await reader.submit('/handing-in'))
}

const asked = (kind: string, enrollmentId: string) =>
  sql<{ item: string }>(
    null,
    `select ai.item_version_id::text as item from attempt_items ai join attempts a on a.id = ai.attempt_id
     join assessments s on s.id = a.assessment_id where s.kind = $1 and a.enrollment_id = $2 order by 1`,
    [kind, enrollmentId],
  ).then(rows => rows.map(({ item }) => item))

describe('measuring', () => {
  it('two forms share no question and are equal per outcome and difficulty, whatever the seed and the bank', () => {
    const bank = fc
      .array(
        fc.record({
          difficulty: fc.constantFrom('easy', 'medium', 'hard'),
          outcome: fc.constantFrom('LO1', 'LO2', 'LO3', 'LO4'),
        }),
        {
          minLength: 60,
          maxLength: 120,
        },
      )
      .map(all => all.map((item, n) => ({ ...item, id: String(n), code: `Q${n}`, type: 'single' }) as Drawable))
    fc.assert(
      fc.property(fc.string(), bank, (seed, items) => {
        const { forms, short } = drawForms(seed, RMC_01, items)
        const lacks = ({ outcome, of, count }: Cell) =>
          items.filter(each => each.outcome === outcome && each.difficulty === of).length < 2 * count
        expect(cellsOf(RMC_01).find(lacks)?.outcome, 'refused exactly where the bank is short').to.equal(short)
        if (!forms) return
        const codes = [...forms.A, ...forms.B].map(({ code }) => code)
        expect(new Set(codes).size).to.equal(16)
        const shape = (drawn: Drawable[]) =>
          drawn.map(({ outcome, difficulty }) => `${outcome} ${difficulty}`).toSorted()
        expect(shape(forms.A)).to.deep.equal(shape(forms.B))
        expect(drawForms(seed, RMC_01, items.toReversed()).forms, 'from the seed alone').to.deep.equal(forms)
      }),
    )
  })

  it('says when it is time', () => {
    const facts: MeasuringFacts = {
      ...{ kind: 'pre', startsOn: null, endsOn: null, today: '2027-03-02', lessons: { done: 0, total: 2 } },
    }
    const reason = (changes: Partial<MeasuringFacts>) => {
      const verdict = timeToMeasure({ ...facts, ...changes })
      return verdict.ok ? 'yes' : verdict.reason
    }
    const days = { startsOn: '2027-03-02', endsOn: '2027-03-05' }
    expect(reason({})).to.equal('yes')
    expect(reason({ lessons: { done: 1, total: 2 } })).to.equal('measure.begun')
    expect(reason({ ...days, lessons: { done: 2, total: 2 } }), 'on the first day').to.equal('yes')
    expect(reason({ ...days, today: '2027-03-03' })).to.equal('measure.begun')
    expect(reason({ kind: 'post' })).to.equal('measure.lessonsLeft')
    expect(reason({ kind: 'post', lessons: { done: 2, total: 2 } })).to.equal('yes')
    expect(reason({ kind: 'post', ...days, today: '2027-03-04' })).to.equal('measure.notOver')
    expect(reason({ kind: 'post', ...days, today: '2027-03-05' })).to.equal('yes')
  })

  it('of a training with days it is asked from publication to the end of the first day, and again on the last', async () => {
    standAt('2026-12-01T08:00:00Z')
    const days = { format: 'blended', startsOn: '2026-12-08', endsOn: '2026-12-10' } as const
    const training = await aTraining(await aCourse({ items: 4, drawn: 2, measured: 2, perPage: 10 }), days)
    const reasonOf = async (kind: 'pre' | 'post') => {
      const person = await aPerson()
      await anEnrollment(training, person)
      const reader = await signedIn(person)
      const { $ } = await reader.get(page(training.code, kind))
      const answer = await reader.post(page(training.code, kind))
      expect(answer.status).to.equal($('form[action$="-test"]').length ? 303 : 422)
      return answer.status === 303 ? 'asked' : answer.text
    }
    expect(await reasonOf('pre'), 'a week before').to.equal('asked')
    expect(await reasonOf('post')).to.contain('has not begun yet')
    standAt('2026-12-08T08:00:00Z')
    expect(await reasonOf('pre'), 'on the first day').to.equal('asked')
    expect(await reasonOf('post')).to.contain('on the last day')
    standAt('2026-12-09T08:00:00Z')
    expect(await reasonOf('pre')).to.contain('no longer asked')
    standAt('2026-12-10T08:00:00Z')
    expect(await reasonOf('post')).to.equal('asked')
  })

  it('half a group gets form A, half form B, and each the other one at the end; nobody is asked the same twice', async () => {
    const { training, reader, person, enrollment } = await ready()
    const group = [{ person, enrollment }]
    for (let n = 0; n < 3; n++) {
      const other = await aPerson()
      group.push({ person: other, enrollment: await anEnrollment(training, other) })
    }
    const begin = async (who: Someone, kind: 'pre' | 'post') => {
      const actor = await asActor(who)
      await start(actor, (await placeOf(actor, training.code, kind))!)
    }
    for (const each of group) await begin(each.person, 'pre')
    expect((await reader.get(page(training.code, 'post'))).text).to.contain('when you have finished all lessons')
    for (const each of group) {
      await readLessons(each.enrollment)
      await begin(each.person, 'post')
    }
    const forms = await sql<{ kind: string; form: string }>(
      null,
      `select s.kind, a.form from attempts a join assessments s on s.id = a.assessment_id order by s.kind desc, a.enrollment_id`,
    )
    expect(forms.map(({ form }) => form).join('')).to.equal('ABABBABA')
    for (const { enrollment } of group) {
      const [before, after] = [await asked('pre', enrollment.id), await asked('post', enrollment.id)]
      expect([before.length, after.length]).to.deep.equal([4, 4])
      expect(before.filter(item => after.includes(item))).to.deep.equal([])
    }
    expect(await asked('pre', group[0]!.enrollment.id)).to.deep.equal(await asked('post', group[1]!.enrollment.id))
  })

  for (const lang of ['en', 'ru'] as const)
    it(`nothing is passed by it: no grade, no pass mark, no feedback, a receipt by mail: ${lang}`, async () => {
      const person = await aPerson({ locale: lang })
      const { training, reader } = await enrolled({ items: 4, drawn: 2, measured: 2, perPage: 10 }, person)
      await reader.get(page(training.code, 'pre', lang))
      await reader.follow(await reader.submit('/pre-test'))
      await reader.get(`/${lang}/trainings/${training.code}/attempts/pre/check`)
      const result = await reader.follow(await reader.submit('/handing-in'))
      expect(result.text).to.contain(lang === 'en' ? 'There is no pass mark here' : 'Проходного результата здесь нет')
      expect(result.html).to.not.match(/About [a-d]\.|О варианте|70 %/)
      expect(await sql(null, 'select 1 from grades')).to.have.length(0)
      const saves = await reader.get(`/${lang}/trainings/${training.code}/attempts/pre/saves`)
      expect(saves.status).to.equal(200)
      await runJobs()
      const mail = await one<{ text: string; subject: string }>(
        null,
        `select body_text as text, subject from mails where kind = 'test-receipt'`,
      )
      expect(mail!.text)
        .to.contain('/attempts/pre/result')
        .and.match(/([0-9A-F]{4}-){5}/)
      expect(mail!.text + mail!.subject).to.not.match(/attempts? left|Осталась|Осталось/)
      const front = await reader.get(page(training.code, 'pre', lang))
      expect(front.$('form[action$="-test"]').length).to.equal(0)
      expect((await reader.post(page(training.code, 'pre', lang))).status, 'once').to.equal(422)
      expect((await checkGrades()).grades, 'its results are no grades').to.deep.equal([])
      const shown = await reader.get(`/${lang}/trainings/${training.code}`)
      expect(shown.$(`a[href="${page(training.code, 'pre', lang)}"]`).length).to.equal(1)
    })

  it('the test that counts is asked beside it and keeps its own attempts; another’s is the same 404', async () => {
    const { training, reader } = await ready()
    await take(reader, training.code, 'pre')
    await reader.get(`/en/trainings/${training.code}/test`)
    expect((await reader.submit('/attempts')).location).to.equal(attemptOf(training, '1/1'))
    const other = await aPerson()
    await anEnrollment(training, other)
    const fellow = await signedIn(other)
    for (const rest of ['pre', 'pre/1', 'pre/result', 'post/1'])
      expect((await fellow.get(attemptOf(training, rest))).status, rest).to.equal(404)
    const without = await enrolled({ code: 'RMC-02' }, await aPerson())
    expect((await without.reader.get(page(without.training.code, 'pre'))).status).to.equal(404)
  })

  it('a bank too small for two forms refuses in words, and draws nothing', async () => {
    const { training, reader } = await ready({ items: 3, drawn: 1 })
    await reader.get(page(training.code, 'pre'))
    const refused = await reader.submit('/pre-test')
    expect(refused.status).to.equal(422)
    expect(refused.text).to.contain('no attempt was used')
    expect(await sql(null, 'select 1 from parallel_forms')).to.have.length(0)
  })
})
