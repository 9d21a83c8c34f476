import { setTimeout as sleep } from 'node:timers/promises'
import type { BrowserContext, Page } from 'playwright-core'
import { theHouse } from '../app.ts'
import { aWindow, type Window } from '../browser.ts'
import type { Someone } from '../people.ts'
import { signedIn } from '../sign-ins.ts'
import type { Counted, Given } from './history.ts'

/** Whether the page's timers run faster than life: what waits 30 seconds waits three. */
const FASTER = 10

/**
 * Runs before the page's own scripts, which stay as they are: makes time pass faster, and tells the test of each answer
 * the platform acknowledged before the page itself hears of it.
 */
const listening = (faster: number) => `{
  const [later, patience, line] = [setTimeout, AbortSignal.timeout.bind(AbortSignal), fetch]
  window.setTimeout = (act, ms, ...rest) => later(act, ms / ${faster}, ...rest)
  AbortSignal.timeout = ms => patience(ms / ${faster})
  window.fetch = async (address, options) => {
    const answer = await line(address, options)
    if (options?.method === 'POST' && answer.ok) window.acknowledged(options.body, await answer.clone().text())
    return answer
  }
}`

const WAITING = `Object.entries(localStorage).some(([name, text]) =>
  name.startsWith('rtcm.kept') && JSON.parse(text).waiting.length > 0)`

type Field = { checked: boolean; value: string }

/** A learner's browser at the test, on a line of its own; its tab may die and be opened again. */
export class Device {
  readonly given: Given[] = []
  readonly acknowledged: Counted[] = []
  /** How often its tab was opened. */
  opened = 0
  private readonly window: Window
  private readonly path: string
  private page: Page | undefined

  private constructor(window: Window, path: string) {
    this.window = window
    this.path = path
  }

  /** Opens the test of somebody signed in, on a line that is whole. @param faster how many times faster than life */
  static async at(origin: string, person: Someone, training: string, faster = FASTER): Promise<Device> {
    const window = await aWindow({ origin })
    const device = new Device(window, `/en/trainings/${training}`)
    await device.listen(window.context, faster)
    const [name, value] = (await signedIn(person, theHouse().config.sessionSecret)).cookie.split('=') as [
      string,
      string,
    ]
    await window.context.addCookies([{ name, value, url: origin }])
    await window.go(`${device.path}/test`)
    // On a second device the test goes on.
    if (await window.page.locator('form[action$="/attempts"]').count()) await window.press('/attempts')
    else await window.go(`${device.path}/attempts/1/1`)
    device.page = window.page
    return device
  }

  /** Chooses an option as a person does; does nothing while the test cannot be opened. */
  async answer(question: number, option: number) {
    if (!(await this.open())) return
    const inputs = this.page!.locator(`#question-${question} input`)
    const chosen = () =>
      inputs.evaluateAll(all => (all as unknown as Field[]).filter(each => each.checked).map(each => each.value))
    const before = await chosen()
    await inputs.nth(option % (await inputs.count())).click()
    const value = await chosen()
    // What is chosen already, perhaps on the other device, is not given once more.
    if (String(value) !== String(before)) this.given.push({ device: '', question, value })
  }

  /** The tab is gone without a word: closed by its owner, or its process has died. */
  async die(how: 'closed' | 'crashed') {
    const page = this.page
    this.page = undefined
    if (!page) return
    if (how === 'crashed') {
      const crashed = page.waitForEvent('crash')
      const session = await this.window.context.newCDPSession(page)
      session.send('Page.crash').catch(() => {})
      await crashed
    }
    await page.close()
  }

  /** Opens the test where it is not open; false when the line does not let it. */
  async open(patienceMs = 1500): Promise<boolean> {
    if (this.page) return true
    const page = await this.window.context.newPage()
    try {
      await page.goto(`${this.path}/attempts/1/1`, { timeout: patienceMs })
      await page.locator('[data-saving]').waitFor({ state: 'attached', timeout: patienceMs })
      this.page = page
      this.opened++
      return true
    } catch {
      await page.close()
      return false
    }
  }

  /** On a line that is whole again: opens the test if need be and waits until nothing is kept on the device any more. */
  async settle() {
    if (!(await this.open(30_000))) throw new Error('the test does not open on a whole line')
    await this.sent()
  }

  private async sent(patienceMs = 60_000) {
    const end = Date.now() + patienceMs
    while (await this.page!.evaluate<boolean>(WAITING)) {
      if (Date.now() > end) throw new Error('the device does not get rid of what it keeps')
      await sleep(50)
    }
    const id = await this.page!.evaluate<string | null>(`localStorage.getItem('rtcm.device')`)
    for (const each of this.given) each.device = id ?? 'silent'
  }

  /** What the page says about saving. */
  saying(): Promise<string | null> {
    return this.page!.locator('[data-saving]').first().textContent()
  }

  close() {
    return this.window.context.close()
  }

  private listen(context: BrowserContext, faster: number) {
    return Promise.all([
      context.addInitScript(listening(faster)),
      context.exposeFunction('acknowledged', (body: string, said: string) => {
        const { device, answers } = JSON.parse(body)
        const { saved } = JSON.parse(said)
        for (const { question, value, counter } of answers)
          if (saved?.includes(counter)) this.acknowledged.push({ device, question, value, counter })
      }),
    ])
  }
}
