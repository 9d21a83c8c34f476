import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import sparticuz from '@sparticuz/chromium'
import axe, { type AxeResults } from 'axe-core'
import { expect } from 'chai'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { one } from '../../lib/db.ts'
import { createApp } from '../../server/app.ts'
import { DEMO_PASSWORD } from '../../server/demo/people.ts'
import { startWork } from '../../server/worker.ts'
import { none } from '../laws/tree.ts'
import { theHouse } from './app.ts'
import { aDemo } from './demo.ts'

/** A real browser on the real platform. Needs libnss3 and libnspr4 on the machine, nothing else. */

// Not the package's own arguments: its single process dies with the second page.
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--headless=shell',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

// The promise, not what it brings: windows that open at once share one browser, and none is left behind.
let browser: Promise<Browser> | undefined
let pictures = 0

export type Looks = {
  /** Whether axe looks at each page of the journey. */
  watched?: boolean
  width?: number
  javaScript?: boolean
  scheme?: 'light' | 'dark'
  locale?: string
}

/** A window of its own: fresh cookies, so a person of its own. Call `closeBrowser` at the end of the file. */
export async function aWindow(site: { origin: string }, looks: Looks = {}): Promise<Window> {
  browser ??= launched()
  const { width = 1280, javaScript = true, scheme = 'light', locale = 'en-GB', watched = false } = looks
  const context = await (await browser).newContext({
    baseURL: site.origin,
    viewport: { width, height: 800 },
    javaScriptEnabled: javaScript,
    colorScheme: scheme,
    locale,
    timezoneId: 'Asia/Bishkek',
    acceptDownloads: true,
  })
  const page = await context.newPage()
  const problems: string[] = []
  page.on('pageerror', error => problems.push(`${page.url()}: ${error.message}`))
  page.on('console', message => {
    // A refused form answers 422, which the console calls an error.
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text()))
      problems.push(`${page.url()}: ${message.text()}`)
  })
  page.setDefaultTimeout(20_000)
  return new Window(page, context, watched, problems)
}

/** A window of somebody of the demo who has signed in, by the first part of their address. */
export async function aWindowOf(site: { origin: string }, lang: string, name: string, looks: Looks = {}) {
  const window = await aWindow(site, looks)
  await window.signIn(lang, `${name}@rtcm.example`)
  return window
}

const launched = async () =>
  chromium.launch({ executablePath: await sparticuz.executablePath(), args: ARGS, headless: true })

export async function closeBrowser() {
  const closing = browser
  browser = undefined
  await (await closing)?.close()
}

/** A page with the few gestures that journeys are made of. */
export class Window {
  page: Page
  context: BrowserContext
  watched: boolean
  problems: string[]

  constructor(page: Page, context: BrowserContext, watched: boolean, problems: string[]) {
    this.page = page
    this.context = context
    this.watched = watched
    this.problems = problems
  }

  async go(path: string) {
    const answer = await this.page.goto(path)
    expect(answer!.status(), path).to.equal(200)
  }

  /** Follows the first link of the main part whose address fits. */
  async follow(href: RegExp) {
    const link = await this.linkTo(href)
    await Promise.all([this.page.waitForLoadState('load'), link.click()])
    await this.page.waitForLoadState('load')
  }

  async linkTo(href: RegExp) {
    const links = this.page.locator('main a[href]')
    const hrefs = await links.evaluateAll(all => all.map(each => each.getAttribute('href')!)).catch(() => undefined)
    const found = hrefs ?? (await this.hrefsWithoutScript())
    const index = found.findIndex(each => href.test(each))
    expect(index, `${this.page.url()} has a link to ${href}; it has ${found.join(' ')}`).to.be.at.least(0)
    return links.nth(index)
  }

  /** Presses the button of the form whose action ends so; the first one, or the one with this value. */
  async press(action: string, value?: string) {
    const ends = (start: string) => `${start}[action$="${action}"], ${start}[action*="${action}?"]`
    const posts = this.page.locator(ends('form[method="post"]'))
    const form = ((await posts.count()) ? posts : this.page.locator(ends('form'))).first()
    // A form may begin with a hidden button, the one that Enter presses.
    const seen = 'button:not([hidden])'
    const button = form.locator(value ? `${seen}[value="${value}"]` : seen).first()
    await Promise.all([this.page.waitForLoadState('load'), button.click()])
    await this.page.waitForLoadState('load')
  }

  /** Types into fields and chooses options, by the names of the fields. */
  async fill(fields: Record<string, string>) {
    for (const [name, value] of Object.entries(fields)) {
      const field = this.page.locator(`main [name="${name}"]`).first()
      const type = await field.getAttribute('type')
      if (type === 'radio' || type === 'checkbox')
        await this.page.locator(`main [name="${name}"][value="${value}"]`).check()
      else if ((await this.page.locator(`main select[name="${name}"]`).count()) > 0) await field.selectOption(value)
      else await field.fill(value)
    }
  }

  /** Puts other words into a text that has these, as somebody who types. */
  async retype(name: string, from: string, to: string) {
    const area = this.page.locator(`[name="${name}"]`)
    const text = await area.inputValue()
    expect(text).to.contain(from)
    await area.fill(text.replaceAll(from, to))
  }

  /** Goes on by the Tab key until the focus is on what the selector means. */
  async tabTo(selector: string) {
    for (let presses = 0; presses < 150; presses++) {
      await this.page.keyboard.press('Tab')
      if (await this.page.evaluate<boolean>(`document.activeElement.matches(${JSON.stringify(selector)})`)) return
    }
    throw new Error(`${this.page.url()}: no way to ${selector} by keyboard`)
  }

  /** Presses Enter on what has the focus, and waits for the page it leads to. */
  async enter() {
    await Promise.all([this.page.waitForEvent('load'), this.page.keyboard.press('Enter')])
  }

  async signIn(language: string, email: string, password = DEMO_PASSWORD) {
    await this.go(`/${language}/sign-in`)
    await this.fill({ email, password })
    await this.press('/sign-in')
    expect(new URL(this.page.url()).pathname, 'signed in').to.equal(`/${language}/home`)
  }

  text(selector = 'main'): Promise<string> {
    return this.page.locator(selector).textContent() as Promise<string>
  }

  get path() {
    return new URL(this.page.url()).pathname
  }

  /**
   * Looks at the page as axe does; what is found fails the journey at its end, all together. With PICTURES_TO=folder
   * each look leaves a picture there, for a person to look at.
   */
  async look() {
    if (process.env.PICTURES_TO) await this.picture(process.env.PICTURES_TO)
    if (!this.watched) return
    for (const fault of await this.faults()) this.problems.push(`${this.path} ${fault}`)
  }

  /** What axe finds, and what runs out of the side. */
  async faults(rules?: string[]): Promise<string[]> {
    // Put in once per document: reading axe's source costs more than asking it.
    if (!(await this.page.evaluate<boolean>('"axe" in window'))) await this.page.evaluate(axe.source)
    const runOnly = rules ?? { type: 'tag', values: STANDARDS }
    // The hundreds of zones of a closed list cost seconds and look like each other.
    const question = `axe.run({ exclude: ['option'] }, ${JSON.stringify({ runOnly, resultTypes: ['violations'] })})`
    const { violations } = await this.page.evaluate<AxeResults>(question)
    const found = violations.flatMap(({ id, help, nodes }) =>
      nodes.map(
        ({ html, failureSummary }) =>
          `${id}: ${help}: ${html.slice(0, 160)} ${failureSummary?.split('\n')[1]?.trim() ?? ''}`,
      ),
    )
    const over = await this.page.evaluate<number>(
      'Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)',
    )
    return over ? [...found, `runs ${over} px out of the side`] : found
  }

  private async picture(folder: string) {
    const name = `${String(++pictures).padStart(3, '0')}${this.path.replaceAll('/', '_').slice(0, 80)}`
    await this.page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
  }

  async close() {
    await this.context.close()
    none([...new Set(this.problems)], 'faults of pages')
  }

  private async hrefsWithoutScript() {
    const links = this.page.locator('main a[href]')
    const hrefs: string[] = []
    for (let i = 0; i < (await links.count()); i++) hrefs.push((await links.nth(i).getAttribute('href'))!)
    return hrefs
  }
}

const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

export type Site = { origin: string; close(): Promise<void> }

/** The platform as a demo with its people and trainings, its worker running, on a port of its own. */
export async function aSite(): Promise<Site> {
  const house = theHouse()
  await aDemo()
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const config = { ...house.config, demo: true, baseUrl: origin }
  server.on('request', createApp({ ...house, config }))
  const work = startWork({ ...house, config, mailer: undefined })
  return {
    origin,
    async close() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
      await work.stop()
    },
  }
}

/** A site of its own for each test of the `describe` it is called in, and no browser left behind. */
export function aSiteForEach(): Site {
  const site = {} as Site
  beforeEach(async () => {
    Object.assign(site, await aSite())
  })
  afterEach(() => site.close())
  after(closeBrowser)
  return site
}

/** Waits until the worker has nothing due. */
export async function worked() {
  for (let tries = 0; tries < 100; tries++) {
    const due = await one(null, `select 1 as due from jobs where run_at <= now() limit 1`)
    if (!due) return
    await new Promise(resolve => setTimeout(resolve, 100))
  }
  throw new Error('the work does not end')
}
