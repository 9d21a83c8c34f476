import { writeFileSync } from 'node:fs'
import { expect } from 'chai'
import { aSite, closeBrowser, type Site } from '../support/browser.ts'
import { aCourse } from '../support/courses.ts'
import { aTraining, type SomeTraining } from '../support/trainings.ts'
import { type Outcome, tryLine } from '../support/lines/trial.ts'

/**
 * Tests over bad lines in a real browser with the real scripts of the page, whose timers run ten times as fast. `LINES`
 * says how many (five where it says nothing), `SEED` which; `LINES_TO` is where the outcome is written.
 * `npm run prove -- --lines 100` is the whole of it.
 */
const { LINES = '5', SEED = 'any', LINES_TO } = process.env
const AT_ONCE = 3

describe('tests on lines that are cut, slow, sliced and torn', function () {
  this.timeout(60_000 + 20_000 * Number(LINES))
  let site: Site
  let training: SomeTraining

  beforeEach(async () => {
    site = await aSite()
    training = await aTraining(await aCourse({ code: 'RMC-78', items: 3, drawn: 3, perPage: 6 }), {
      code: 'RMC-78-TEST',
    })
  })
  afterEach(() => site.close())
  after(closeBrowser)

  it(`no answer is lost, invented or put in another order: ${LINES} tests, seed ${SEED}`, async () => {
    const numbers = Array.from({ length: Number(LINES) }, (_, number) => number)
    const outcomes: Outcome[] = []
    const next = async () => {
      for (let number = numbers.shift(); number !== undefined; number = numbers.shift())
        outcomes.push(await tryLine(site.origin, training, SEED, number))
    }
    await Promise.all(Array.from({ length: AT_ONCE }, next))
    if (LINES_TO) writeFileSync(LINES_TO, JSON.stringify(outcomes))
    expect(outcomes.flatMap(({ faults }) => faults)).to.deep.equal([])
    const stored = outcomes.reduce((sum, outcome) => sum + outcome.stored, 0)
    expect(stored, 'answers were given at all').to.be.above(outcomes.length)
  })
})
