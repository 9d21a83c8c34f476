import { expect } from 'chai'
import { sql } from '../../lib/db.ts'
import { asFiled, versionsOf } from '../../models/item.ts'
import { keepItem } from '../../models/keeping-items.ts'
import { reviewItem } from '../../models/reviewing-items.ts'
import { aSitting } from '../support/answers.ts'
import { aSiteForEach, aWindow, aWindowOf, type Looks, type Site, type Window, worked } from '../support/browser.ts'
import { aCourse } from '../support/courses.ts'
import { aTraining, type SomeTraining } from '../support/trainings.ts'
import { issuedAnyway } from '../support/lost-passes.ts'
import { aPerson, asActor, PASSWORD } from '../support/people.ts'

/**
 * A question whose key is wrong: the coordinator reads in the analysis that something is wrong with it, corrects the
 * results person by person, and decides about the certificate of whoever no longer passes. The learner is told.
 */

const MODULE = 'RMC-77'
const CODE = `${MODULE}-Q01`
const RIGHT: Record<string, string[]> = {
  [`${MODULE}-Q02`]: ['a'],
  [`${MODULE}-Q03`]: ['a', 'b'],
  [`${MODULE}-Q04`]: ['a'],
}

/** Thirty people: who knows the rest says b to the first question, who does not says a, as the wrong key has it. */
async function asked(language: 'en' | 'ru') {
  const training = await aTraining(await aCourse({ code: MODULE, items: 2, lessons: 0, form: false }))
  const strong = await aSitting(training, { language, answers: { ...RIGHT, [CODE]: ['b'] } })
  for (let n = 1; n < 15; n++) await aSitting(training, { language, answers: { ...RIGHT, [CODE]: ['b'] } })
  for (let n = 0; n < 14; n++) await aSitting(training, { language, answers: { [CODE]: ['a'] } })
  const { [`${MODULE}-Q03`]: _, ...most } = RIGHT
  const loser = await aSitting(training, { language, answers: { ...most, [CODE]: ['a'] } })
  await sql(null, 'update people set locale = $2 where id = any ($1)', [[strong.person.id, loser.person.id], language])
  const staff = await asActor(await aPerson({ grants: [{ role: 'coordinator' }] }))
  return { training, strong, loser, certificate: await issuedAnyway(staff, loser.enrollment) }
}

/** The same question with the other key, as somebody else has reviewed it. */
async function theOtherKey() {
  const [writer, reviewer] = [await anEditor(), await anEditor()]
  const [version] = await versionsOf(writer, CODE)
  const { options, ...item } = asFiled(version!)
  const turned = (options as { id: string }[]).map(option => ({ ...option, right: option.id === 'b' }))
  await keepItem(writer, { module: MODULE, ...item, options: turned })
  const [corrected] = await versionsOf(writer, CODE)
  await reviewItem(reviewer, MODULE, CODE, corrected!.hash)
}

const anEditor = async () => asActor(await aPerson({ grants: [{ role: 'content_editor' }] }))

describe('a question whose key is wrong', function () {
  this.timeout(300_000)
  const site = aSiteForEach()

  it('in English, on a phone, with axe: it no longer counts', async () => {
    await journey(
      site,
      'en',
      { watched: true, width: 360 },
      {
        ...{ flag: 'Check the key', ruling: 'drop', lost: 'passed, then not', now: /75\s?% before, 100\s?% after/ },
        ...{ mail: 'Test result corrected', home: '1 certificate is in force', upheld: 'Stays in force' },
      },
    )
  })

  it('in Russian, without JavaScript: the key of a later version counts', async () => {
    await journey(
      site,
      'ru',
      { javaScript: false, locale: 'ru-RU' },
      {
        ...{ flag: 'Проверьте ключ', ruling: 'key-2', lost: 'зачёт', now: /100\s?%/ },
        ...{ mail: 'Результат теста исправлен', home: '1 сертификат в силе', upheld: 'Оставлен в силе' },
      },
    )
  })
})

type Words = { flag: string; ruling: string; lost: string; now: RegExp; mail: string; home: string; upheld: string }

async function journey(site: Site, language: 'en' | 'ru', looks: Looks, words: Words) {
  const { training, strong, loser, certificate } = await asked(language)
  if (words.ruling !== 'drop') await theOtherKey()
  const coordinator = await aWindowOf(site, language, 'coordinator', looks)
  await readsTheAnalysis(coordinator, language, words)
  await correctsResults(coordinator, words, loser.person.name)
  await worked()
  await readsTheResult(site, training, language, looks, words, strong.person.email)
  await decides(coordinator, language, words, certificate)
  await coordinator.close()
  const subjects = await sql<{ email: string }>(
    null,
    `select a.email from mails m join accounts a on a.person_id = m.person_id where m.kind = 'result-corrected'`,
  )
  expect(subjects.map(({ email }) => email))
    .to.include(strong.person.email)
    .and.include(loser.person.email)
}

/** What is wrong stands in a plain sentence beside the question, in a chart and in a table. */
async function readsTheAnalysis(coordinator: Window, language: string, { flag }: Words) {
  await coordinator.go(`/${language}/manage/bank/modules/${MODULE}`)
  await coordinator.follow(/\/analysis$/)
  await coordinator.look()
  const chart = coordinator.page.locator('figure svg[role="img"]')
  expect(await chart.getAttribute('aria-label'), 'the chart in words').to.have.length.above(20)
  expect(await coordinator.text('main table:first-of-type tbody tr:first-child'))
    .to.contain(CODE)
    .and.contain(flag)
  await coordinator.follow(new RegExp(`/items/${CODE}`))
  await coordinator.look()
}

/** Person by person is seen what would change; a pass that is lost has to be said. */
async function correctsResults(coordinator: Window, { ruling, lost }: Words, loser: string) {
  await coordinator.follow(/\/versions\/1\/results$/)
  await coordinator.look()
  await coordinator.fill({ ruling })
  await coordinator.press('/results')
  await coordinator.look()
  const first = await coordinator.text('main tbody tr:first-child')
  expect(first, 'whose pass changes stands first').to.contain(loser).and.contain(lost)
  await coordinator.fill({ reason: 'The key was wrong.' })
  await coordinator.page.locator('form[method="post"] button').last().click()
  await coordinator.look()
  expect(await coordinator.page.locator('.error-summary').count(), 'a lost pass has to be said').to.equal(1)
  await coordinator.page.locator('[name="losses"]').check()
  await coordinator.page.locator('form[method="post"] button').last().click()
  await coordinator.page.waitForURL(`**/items/${CODE}?done=*`)
  await coordinator.look()
  expect(await coordinator.text()).to.contain('The key was wrong.')
}

async function readsTheResult(
  site: Site,
  training: SomeTraining,
  language: string,
  looks: Looks,
  words: Words,
  email: string,
) {
  const learner = await aWindow(site, looks)
  await learner.signIn(language, email, PASSWORD)
  await learner.go(`/${language}/trainings/${training.code}/attempts/1/result`)
  await learner.look()
  expect(await learner.text())
    .to.match(words.now)
    .and.contain('The key was wrong.')
  await learner.close()
}

/** The certificate of who no longer passes stays until a person decides about it. */
async function decides(coordinator: Window, language: string, { home, upheld }: Words, certificate: string) {
  await coordinator.go(`/${language}/home`)
  expect(await coordinator.text()).to.contain(home)
  await coordinator.follow(/\/lost-passes$/)
  await coordinator.look()
  await coordinator.follow(new RegExp(`/certificates/${certificate}$`))
  await coordinator.look()
  await coordinator.follow(/\/upholding$/)
  await coordinator.fill({ reason: 'Taken in good faith.' })
  await coordinator.look()
  await coordinator.press('/upholding')
  await coordinator.look()
  expect(await coordinator.text()).to.contain(upheld)
  const [row] = await sql<{ revokedAt: unknown }>(
    null,
    'select revoked_at as "revokedAt" from certificates where code = $1',
    [certificate],
  )
  expect(row!.revokedAt, 'nothing is revoked by itself').to.equal(null)
}
