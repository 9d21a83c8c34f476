import { writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'chai'
import { aSite, closeBrowser, type Site } from '../support/browser.ts'
import { aCourse } from '../support/courses.ts'
import { anEnrollment, aTraining } from '../support/trainings.ts'
import { aLine } from '../support/line.ts'
import { Device } from '../support/lines/device.ts'
import { faultsOf } from '../support/lines/history.ts'
import { historyOf } from '../support/lines/trial.ts'
import { aPerson } from '../support/people.ts'

/** One cut as long as in life, in real time: `MINUTES` says how long, `MINUTES_TO` where to write what was seen. */
const { MINUTES = '1', MINUTES_TO } = process.env

describe('a line that is cut for long', function () {
  this.timeout((Number(MINUTES) + 3) * 60_000)
  let site: Site
  before(async () => {
    site = await aSite()
  })
  after(async () => {
    await closeBrowser()
    await site.close()
  })

  it(`${MINUTES} minutes: answers are given all the time, the tab is closed and opened, and nothing is lost`, async () => {
    const training = await aTraining(await aCourse({ code: 'RMC-79', items: 3, drawn: 3, perPage: 6, minutes: 60 }))
    const person = await aPerson()
    const { id } = await anEnrollment(training, person)
    const line = await aLine(site.origin)
    const device = await Device.at(line.origin, person, training.code, 1)
    const seen: { at: number; what: string }[] = []
    const began = Date.now()
    const see = (what: string) => seen.push({ at: Math.round((Date.now() - began) / 1000), what })
    const said = async () => `the page says “${(await device.saying())?.trim()}”`
    const stored = async () => (await historyOf(id, [device])).record.length
    try {
      await device.answer(1, 0)
      await sleep(2000)
      see(`one answer given on a whole line: ${await said()}`)
      line.cut()
      const end = Date.now() + Number(MINUTES) * 60_000
      see('the line is cut')
      for (let given = 1; Date.now() < end - 15_000; given++) {
        await device.answer(1 + (given % 6), given % 3)
        await sleep(15_000)
        if (given % 8 === 1) see(`${given} answers given since: ${await said()}; in the record: ${await stored()}`)
      }
      await sleep(end - Date.now())
      await device.die('closed')
      see('the tab is closed')
      line.mend()
      const mended = Date.now()
      see('the line is whole again, and the test is opened')
      await device.settle()
      see(
        `all that was kept is sent, ${((Date.now() - mended) / 1000).toFixed(1)} s after: ${await said()}; in the record: ${await stored()}`,
      )
      const faults = faultsOf(await historyOf(id, [device]))
      if (MINUTES_TO) writeFileSync(MINUTES_TO, JSON.stringify({ seen, faults, given: device.given.length }))
      expect(faults).to.deep.equal([])
    } finally {
      await device.close()
      await line.close()
    }
  })
})
