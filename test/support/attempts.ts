import { aCourse, type SomeItem } from './courses.ts'
import { anEnrollment, aTraining, type SomeTraining } from './trainings.ts'
import { cast, type Someone } from './people.ts'
import { type Page, type Reader, signedIn } from './reader.ts'

/** A learner enrolled in a training whose test has four questions on two pages. */
export async function enrolled(traits: Parameters<typeof aCourse>[0] = {}, who?: Someone) {
  const course = await aCourse({ items: 2, perPage: 2, attempts: 2, ...traits })
  const training = await aTraining(course)
  const person = who ?? (await cast.learner())
  const enrollment = await anEnrollment(training, person)
  return { course, training, person, enrollment, reader: await signedIn(person) }
}

export const testOf = (training: SomeTraining, lang = 'en') => `/${lang}/trainings/${training.code}/test`
export const attemptOf = (training: SomeTraining, rest: string, lang = 'en') =>
  `/${lang}/trainings/${training.code}/attempts/${rest}`

export async function begin(reader: Reader, training: SomeTraining, lang = 'en') {
  await reader.get(testOf(training, lang))
  return reader.follow(await reader.submit('/attempts'))
}

/** The item a question on a page is, by its prompt. */
export function itemAt(page: Page, position: number, items: SomeItem[]): SomeItem {
  const prompt = page.$(`#question-${position} legend`).text()
  return items.find(item => prompt.includes(item.code))!
}

/** The field of a question with its right options, or a wrong one. */
export const choose = (page: Page, position: number, items: SomeItem[], which: 'right' | 'wrong') => {
  const item = itemAt(page, position, items)
  return { [`q${position}`]: which === 'right' ? item.right : [item.wrong[0]!] }
}

/** What stands chosen at a question. */
export const checked = (page: Page, position: number) =>
  page
    .$(`#question-${position} input[checked]`)
    .toArray()
    .map(input => page.$(input).attr('value'))
    .toSorted()

type Body = { status: number; body: unknown; headers: unknown }

export async function post(
  reader: Reader,
  training: SomeTraining,
  body: object,
  lang = 'en',
  token?: string,
): Promise<Body> {
  return reader.agent
    .post(attemptOf(training, '1/answers', lang))
    .set({ 'X-CSRF-Token': token ?? (await reader.token()), Accept: 'application/json' })
    .send(body)
}

export const send = (
  reader: Reader,
  training: SomeTraining,
  answers: object[],
  lang = 'en',
  device = 'abcdef0123456789',
) => post(reader, training, { device, answers }, lang)
