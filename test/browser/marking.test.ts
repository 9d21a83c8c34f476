import { expect } from 'chai'
import { one, sql } from '../../lib/db.ts'
import { now } from '../../lib/time.ts'
import { aWork } from '../support/assignments.ts'
import { aSiteForEach, aWindow, type Looks, type Site, type Window } from '../support/browser.ts'
import { anEnrollment, type SomeTraining } from '../support/trainings.ts'
import * as file from '../support/files.ts'
import { aPerson, PASSWORD, type Someone } from '../support/people.ts'

/**
 * A learner hands in on a phone; a trainer marks ten works by keyboard only, returns two, and releases. What learners see
 * of it on their phones comes with the return and with the release, and not before.
 */

const CODE = 'RMC-01-2026-TEN'
/** Of levels 4, 3, 4, 3 by the weights of the rubric. */
const GRADE = /85 ?%/
const COMMENT = 'Please name your sources: nothing else is missing.'

describe('ten works are marked by keyboard only', function () {
  this.timeout(300_000)
  const site = aSiteForEach()

  const ways: [string, string, Looks][] = [
    ['in English, with axe', 'en', { watched: true }],
    ['in Russian, with axe, in the dark', 'ru', { watched: true, scheme: 'dark', locale: 'ru-RU' }],
  ]
  for (const [name, language, looks] of ways)
    it(name, async () => {
      const training = await aBlendedTraining()
      const returned = await aPerson({ locale: language as 'en' | 'ru' })
      for (let n = 1; n <= 9; n++)
        await aWork(training, { body: `Work of learner ${n}`, language, ...(n === 3 ? { person: returned } : {}) })
      const phone = await handsInOnAPhone(site, training, language, looks)
      const unmarked = await assignmentOn(phone, training, language)

      const trainer = await aWindow(site, looks)
      await trainer.signIn(language, 'trainer@rtcm.example')
      await trainer.go(`/${language}/marking`)
      await trainer.look()
      await tabTo(trainer, 'a', new RegExp(`/${language}/marking/\\d+$`))
      await moved(trainer, 'Enter')
      for (let n = 1; n <= 10; n++) await judges(trainer, n)
      expect(trainer.path, 'after the last one the list').to.equal(`/${language}/marking`)
      expect(await works()).to.deep.equal({ accepted: 8, returned: 2 })
      expect(await number('grade_releases l join submissions u on u.id = l.submission_id', training.id)).to.equal(0)

      expect(await assignmentOn(phone, training, language), 'nothing of it before release').to.equal(unmarked)
      await readsWhatCameBack(site, training, language, looks, returned)

      await trainer.go(`/${language}/marking`)
      await trainer.look()
      await tabTo(trainer, 'button', /./, `form[action$="/marking/releases/${training.id}"] button`)
      await moved(trainer, 'Enter')
      expect(await number('grade_releases l join submissions u on u.id = l.submission_id', training.id)).to.equal(8)
      expect(await assignmentOn(phone, training, language), 'once released').to.match(GRADE)
      await trainer.close()
      await phone.close()
    })
})

/** What a learner reads of the own assignment. */
async function assignmentOn(phone: Window, { code }: SomeTraining, language: string) {
  await phone.go(`/${language}/trainings/${code}/assignment`)
  await phone.look()
  return phone.text()
}

/** Who got a work back reads why, and writes on. */
async function readsWhatCameBack(site: Site, training: SomeTraining, language: string, looks: Looks, person: Someone) {
  const phone = await aWindow(site, { ...looks, width: 360 })
  await phone.signIn(language, person.email, PASSWORD)
  expect(await assignmentOn(phone, training, language)).to.contain(COMMENT)
  expect(await phone.page.locator('#body').inputValue(), 'the second round begins with the first').to.equal(
    'Work of learner 3',
  )
  await phone.close()
}

/** Ten keys and fewer for a work: a level for each criterion, then final; the third and the seventh go back. */
async function judges(trainer: Window, n: number) {
  const { keyboard } = trainer.page
  if (n === 1) await trainer.look()
  for (const key of ['4', '3', '4', '3']) await keyboard.press(key)
  if (n !== 3 && n !== 7) return moved(trainer, 'f')
  await keyboard.press('c')
  await keyboard.type(COMMENT)
  await keyboard.press('Escape')
  await moved(trainer, 'r')
}

/** Presses a key that leads to another page. */
async function moved(trainer: Window, key: string) {
  const before = trainer.page.url()
  await trainer.page.keyboard.press(key)
  await trainer.page.waitForURL(url => url.href !== before)
  await trainer.page.waitForLoadState('load')
}

/** Goes on by Tab until the focus is there. */
async function tabTo(trainer: Window, tag: string, href: RegExp, selector = tag) {
  for (let presses = 0; presses < 80; presses++) {
    await trainer.page.keyboard.press('Tab')
    const at = await trainer.page.evaluate<{ fits: boolean; href: string }>(
      `({ fits: document.activeElement.matches(${JSON.stringify(selector)}) && Boolean(document.activeElement.closest('main')),
         href: document.activeElement.href ?? '-' })`,
    )
    if (at.fits && href.test(at.href)) return
  }
  expect.fail(`the keyboard does not reach ${selector}`)
}

async function handsInOnAPhone(site: Site, training: SomeTraining, language: string, looks: Looks) {
  const person = await aPerson({ locale: language as 'en' | 'ru' })
  await anEnrollment(training, person)
  const phone = await aWindow(site, { ...looks, width: 360 })
  await phone.signIn(language, person.email, PASSWORD)
  await phone.go(`/${language}/trainings/${training.code}/assignment`)
  await phone.page.locator('#body').pressSequentially('Written on a phone')
  await phone.page.locator('[data-saving]', { hasText: /\d\d:\d\d/ }).waitFor()
  const kept = await one<{ body: string }>(
    null,
    `select u.body from submissions u join enrollments e on e.id = u.enrollment_id where e.person_id = ${person.id}`,
  )
  expect(kept!.body, 'saved while it is written').to.equal('Written on a phone')
  await phone.page
    .locator('#files')
    .setInputFiles({ name: 'Термины.pdf', mimeType: 'application/pdf', buffer: file.pdf() })
  await phone.look()
  await phone.press('/assignment', 'check')
  expect(phone.path).to.equal(`/${language}/trainings/${training.code}/assignment/check`)
  await phone.look()
  await phone.press('/handing-in')
  expect(await phone.text())
    .to.contain('Термины.pdf')
    .and.to.match(/[0-9A-F]{4}(-[0-9A-F]{4}){5}/)
  await phone.look()
  return phone
}

/** A blended training of the module that ended yesterday; the demo's trainer is in charge of it. */
async function aBlendedTraining(): Promise<SomeTraining> {
  const row = await one<{ id: string; versionId: string }>(
    null,
    `insert into trainings (code, course_id, course_version_id, format, enrollment_mode, hours, starts_on, ends_on, status,
       created_at)
     select '${CODE}', course_id, course_version_id, 'blended', 'open', hours, current_date - 6, current_date - 1, 'closed',
       now() from trainings where code = 'RMC-01-2026-SELF' returning id, course_version_id as "versionId"`,
  )
  await sql(
    null,
    `insert into role_grants (person_id, role, scope_kind, scope_id, valid_from)
     select person_id, 'trainer', 'training', $1, $2 from accounts where email = 'trainer@rtcm.example'`,
    [row!.id, now().subtract({ hours: 1 })],
  )
  // The works of the demo's workshop are another trainer's: ten are enough.
  await sql(
    null,
    `insert into allocations (enrollment_id, assessment_id, part, marker_id, at)
     select u.enrollment_id, u.assessment_id, 'first', a.person_id, now() from submissions u, accounts a
     where u.status = 'handed_in' and a.email = 'gulnoza@rtcm.example'`,
  )
  return { id: row!.id, code: CODE, course: { versionId: row!.versionId } as SomeTraining['course'] }
}

async function works() {
  const rows = await sql<{ status: string; n: number }>(
    null,
    `select u.status, count(*)::int as n from submissions u join enrollments e on e.id = u.enrollment_id
     join trainings t on t.id = e.training_id where t.code = '${CODE}' and u.handed_in_at is not null group by 1`,
  )
  return Object.fromEntries(rows.map(row => [row.status, row.n]))
}

const number = async (from: string, trainingId: string) =>
  (await one<{ n: number }>(
    null,
    `select count(*)::int as n from ${from} join enrollments e on e.id = u.enrollment_id where e.training_id = ${trainingId}`,
  ))!.n
