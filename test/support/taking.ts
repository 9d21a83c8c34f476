import type { Page } from 'playwright-core'
import { sql } from '../../lib/db.ts'
import { aWindow, type Looks, type Window } from './browser.ts'
import { aCourse } from './courses.ts'
import { anEnrollment, aTraining, type SomeTraining } from './trainings.ts'
import { aPerson, PASSWORD, type Someone } from './people.ts'

/** Somebody at the test of a training, in a real browser. */

const CODE = 'RMC-77-TEST'

/** Attempts of that training: the demonstration has attempts of its own. */
export const OURS = `(select a.id from attempts a join enrollments e on e.id = a.enrollment_id
  join trainings t on t.id = e.training_id where t.code = '${CODE}')`

/** A training whose test is so, and somebody enrolled in it. */
export async function aTestToTake(traits: Parameters<typeof aCourse>[0] = {}) {
  const training = await aTraining(await aCourse({ code: 'RMC-77', items: 4, ...traits }), { code: CODE })
  const person = await aPerson()
  await anEnrollment(training, person)
  return { training, person }
}

type Taking = { training: SomeTraining; person: Someone }

/** Signs in, and goes to the page on which the test begins. */
export async function atTheDoor(
  site: { origin: string },
  { training, person }: Taking,
  language: string,
  looks: Looks = {},
): Promise<Window> {
  const learner = await aWindow(site, looks)
  await learner.signIn(language === 'ar-xb' ? 'en' : language, person.email, PASSWORD)
  await learner.go(`/${language}/trainings/${training.code}/test`)
  return learner
}

/** The same, and begins it. */
export async function inTheTest(...at: Parameters<typeof atTheDoor>): Promise<Window> {
  const learner = await atTheDoor(...at)
  await learner.press('/attempts')
  await learner.page.waitForURL('**/attempts/1/1')
  return learner
}

/** Leaves so many seconds to the open attempt; after them late answers have their fifteen minutes. */
export const leave = (seconds: number) =>
  sql(
    null,
    `update attempts set deadline_at = now() + make_interval(secs => $1), late_until = now() + make_interval(secs => $1 + 900)
     where handed_in_at is null and id in ${OURS}`,
    [seconds],
  )

export const choose = (page: Page, question: number, option: number) =>
  page.locator(`#question-${question} input`).nth(option).click()

/** Waits until the state of saving reads so. */
export const says = (page: Page, words: string | RegExp) =>
  page.locator('[data-saving]').filter({ hasText: words }).first().waitFor({ state: 'attached', timeout: 15_000 })
