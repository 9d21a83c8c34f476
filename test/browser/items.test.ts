import { expect } from 'chai'
import { one, sql } from '../../lib/db.ts'
import { itemsOf, type AskedItem } from '../../models/attempt.ts'
import { answersOf, grade, keyOf } from '../../models/grading.ts'
import { rightAnswer } from '../../models/items/kinds.ts'
import { aSite, aWindow, closeBrowser, type Site, type Window } from '../support/browser.ts'
import { aCourse } from '../support/courses.ts'
import { anEnrollment, aTraining } from '../support/trainings.ts'
import { EXAMPLES, fieldsOf, type Typed } from '../support/items.ts'
import { aLine, type Line } from '../support/line.ts'
import { aPerson, PASSWORD } from '../support/people.ts'

/** Every type of question in a real browser: with the keyboard alone, on a line that breaks, in every look. */
describe('questions of every type in a browser', function () {
  this.timeout(180_000)
  let site: Site
  let line: Line
  let attemptId: string

  beforeEach(async () => {
    site = await aSite()
    line = await aLine(site.origin)
  })
  afterEach(async () => {
    await line.close()
    await site.close()
  })
  after(closeBrowser)

  for (const [language, width] of [
    ['en', 1280],
    ['ru', 360],
    ['ar-xb', 360],
  ] as const)
    it(`nothing for axe to find, before and after handing in: ${language}, ${width} px`, async () => {
      const learner = await inTheTest(language, { width, watched: true })
      await learner.look()
      for (const item of await items()) for (const field of fieldsIn(item)) await fill(learner, field)
      await saved(learner)
      await learner.look()
      await learner.go(learner.path.replace(/1$/, 'check'))
      await learner.look()
      await learner.press('/handing-in')
      await learner.look()
      await learner.close()
    })

  it('words that are being typed are in the record within two seconds, and the mark comes when every field is filled', async () => {
    const learner = await inTheTest('en')
    const { position } = (await items()).find(({ type }) => type === 'cloze')!
    const mark = learner.page.locator(`[data-mark="${position}"].answered`)
    // Two seconds by the page's own clock, which stands still otherwise: a loaded machine takes what it takes.
    const { clock } = learner.page
    await clock.install()
    await clock.pauseAt(Date.now() + 1000)
    await learner.page.locator(`[name="q${position}.city"]`).pressSequentially('Geneva')
    await Promise.all([
      learner.page.waitForResponse(response => response.url().endsWith('/answers')),
      clock.runFor(2000),
    ])
    expect(await answerTo(position)).to.include('city=Geneva')
    await clock.resume()
    expect(await mark.count(), 'two gaps are open').to.equal(0)
    await learner.page.locator(`[name="q${position}.year"]`).fill('1951')
    await learner.page.locator(`[name="q${position}.whom"]`).selectOption({ index: 1 })
    await mark.waitFor()
    await learner.close()
  })

  it('on a dead line words, numbers and places are kept on the device, survive closing the tab, and arrive', async () => {
    const learner = await inTheTest('en')
    line.cut()
    const asked = await items()
    for (const item of asked) for (const field of fieldsIn(item)) await fill(learner, field)
    await learner.page.locator('[data-saving]').filter({ hasText: 'Kept on this device' }).waitFor()
    await learner.page.close()
    line.mend()
    learner.page = await learner.context.newPage()
    await learner.go(`/en/trainings/${(await code())!}/attempts/1/1`)
    await saved(learner)
    const { position } = asked.find(({ type }) => type === 'short')!
    expect(await learner.page.locator(`[name="q${position}"]`).inputValue()).to.equal('Geneva')
    const kept = await items()
    expect(grade(kept.map(keyOf), answersOf(kept)).percent).to.equal(100)
    learner.problems = learner.problems.filter(each => !each.includes('net::ERR'))
    await learner.close()
  })

  it('the keyboard alone answers every type', async () => {
    const learner = await inTheTest('en')
    const asked = await items()
    for (const item of asked)
      for (const { name, value } of fieldsIn(item)) {
        const field = learner.page.locator(`[name="${name}"]`)
        const kind = await field.first().evaluate(each => (each as never as { type: string }).type)
        await (kind === 'radio' || kind === 'checkbox'
          ? field.and(learner.page.locator(`[value="${value}"]`))
          : field
        ).focus()
        if (kind === 'radio' || kind === 'checkbox') await learner.page.keyboard.press('Space')
        else if (kind === 'select-one') {
          const label = await field.locator(`option[value="${value}"]`).textContent()
          await learner.page.keyboard.type(label!, { delay: 5 })
          await field.evaluate(each => each.blur())
        } else await learner.page.keyboard.type(value)
      }
    await saved(learner)
    const kept = await items()
    expect(grade(kept.map(keyOf), answersOf(kept)).percent).to.equal(100)
    await learner.close()
  })

  async function inTheTest(language: string, looks: Parameters<typeof aWindow>[1] = {}) {
    const training = await aTraining(await aCourse({ code: 'RMC-77', items: 6, drawn: 6, perPage: 12 }), {
      code: 'RMC-77-TEST',
    })
    const person = await aPerson()
    await anEnrollment(training, person)
    const learner = await aWindow({ ...site, origin: line.origin }, looks)
    await learner.signIn(language, person.email, PASSWORD)
    await learner.go(`/${language}/trainings/${training.code}/test`)
    await learner.press('/attempts')
    attemptId = (await one<{ id: string }>(null, 'select max(id)::text as id from attempts'))!.id
    const versions = await sql<{ id: string }>(
      null,
      'select item_version_id as id from attempt_items where attempt_id = $1 order by position',
      [attemptId],
    )
    for (const [index, { type, content }] of EXAMPLES.entries())
      await sql(null, 'update item_versions set type = $2, content = $3 where id = $1', [
        ...[versions[index]!.id, type, JSON.stringify(content)],
      ])
    await learner.go(`/${language}/trainings/${training.code}/attempts/1/1`)
    return learner
  }

  const items = (): Promise<AskedItem[]> => itemsOf(attemptId)
  const code = async () =>
    (await one<{ code: string }>(null, `select code from trainings where code = 'RMC-77-TEST'`))?.code
  const answerTo = async (position: number) => (await items()).find(each => each.position === position)?.value

  /** Waits until everything that was given is in the record. */
  async function saved(learner: Window) {
    for (let n = 0; ; n++) {
      const open = (await items()).filter(item => !item.value?.length)
      const waiting = await learner.page.evaluate<number>(
        `Object.keys(localStorage).filter(key => key.startsWith('rtcm.kept')).flatMap(key => JSON.parse(localStorage[key]).waiting).length`,
      )
      if (!open.length && !waiting) return
      expect(n, `questions without an answer: ${open.map(({ type }) => type).join(' ')}`).to.be.lessThan(100)
      await new Promise(resolve => setTimeout(resolve, 100))
    }
  }
})

type Filled = { name: string; value: string }

const fieldsIn = (item: AskedItem): Filled[] =>
  Object.entries(
    fieldsOf(item.position, item as never as Typed, item.type === 'rating' ? ['4'] : rightAnswer(item)),
  ).flatMap(([name, values]) => values.map(value => ({ name, value })))

async function fill(learner: Window, { name, value }: Filled) {
  const field = learner.page.locator(`[name="${name}"]`)
  const kind = await field.first().evaluate(each => (each as never as { type: string }).type)
  if (kind === 'select-one') await field.selectOption(value)
  else if (kind === 'text') await field.fill(value)
  else await field.and(learner.page.locator(`[value="${value}"]`)).check()
}
