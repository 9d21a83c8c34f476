import { get as httpGet } from 'node:http'
import { expect } from 'chai'
import { load } from 'cheerio'
import { origin, theHouse } from '../support/app.ts'
import type { Page, Reader } from '../support/reader.ts'
import { guest } from '../support/reader.ts'
import type { Row } from './access/who.ts'
import { table } from './access-table.ts'
import { none } from './tree.ts'
import { aWorld, type Persona, type World } from './world.ts'

/** Every page in every language: whole, translated, switchable, light. Faults of one page are found by `checkPage`. */

const LANGUAGES = ['en', 'ru', 'ar-xb']
/** What a mail program shows: no page of the platform. */
const LETTERS = /\/html$/

const KB = 1024
const BUDGET = { first: 60 * KB, repeat: 15 * KB, requests: 8, script: 12 * KB }
/** Lessons are the content itself and may be as long as they are; the frame around them keeps its budget. */
const LONG = /\/(lessons|reading)\b/

describe('law: pages', function () {
  this.timeout(120_000)
  let world: World
  beforeEach(async () => {
    world = await aWorld()
  })

  it('every page of guests, learners and staff is whole in English, Russian and mirrored', async () => {
    const faults: string[] = []
    for (const persona of ['guest', 'owner', 'coordinator'] as Persona[])
      for (const row of pagesOf(persona))
        for (const language of LANGUAGES) {
          const path = row.at(world).replace(/^\/en\//, `/${language}/`)
          await page(world.readers[persona], path).then(
            ({ status }) => status === 200 || faults.push(`${path} ${persona}: ${status}`),
            error => faults.push(`${path} ${persona}: ${error.message}`),
          )
        }
    none(faults)
  })

  it('the language switch keeps the page, answers, and names each language in its own words', async () => {
    const faults: string[] = []
    const { languages } = theHouse().texts
    for (const row of pagesOf('guest').filter(({ route }) => route.includes('/:lang'))) {
      const path = row.at(world)
      const { $ } = await page(guest(), `${path}?q=a%20b`)
      const links = $('nav.languages a').toArray()
      const listed = languages.filter(language => language.listed)
      if (links.length !== listed.length) faults.push(`${path}: ${links.length} languages`)
      for (const [index, link] of links.entries()) {
        const { code, name, tag } = listed[index]!
        const [href, text, lang] = [$(link).attr('href')!, $(link).text(), $(link).attr('lang')]
        if (text !== name || lang !== tag) faults.push(`${path}: the switch says ${text} (${lang})`)
        if (!href.startsWith(`/${code}/`) || !href.includes('q=a')) faults.push(`${path}: the switch leads to ${href}`)
        const other = await page(guest(), href)
        if (other.status !== 200) faults.push(`${href}: ${other.status}`)
        if (other.$('html').attr('lang') !== tag) faults.push(`${href}: lang ${other.$('html').attr('lang')}`)
      }
    }
    none(faults)
  })

  it('hreflang is reciprocal: each version names all versions and itself', async () => {
    const faults: string[] = []
    const { baseUrl } = theHouse().config
    const namesIn = ({ $ }: Page) =>
      $('link[rel=alternate][hreflang]')
        .toArray()
        .map(link => `${$(link).attr('hreflang')} ${$(link).attr('href')}`)
        .sort()
    for (const row of pagesOf('guest').filter(({ route }) => route.includes('/:lang'))) {
      const path = row.at(world)
      const first = await page(guest(), path)
      const names = namesIn(first)
      const hrefs = names.filter(name => !name.startsWith('x-default')).map(name => name.split(' ')[1]!)
      if (names.length < 3) faults.push(`${path}: ${names.join(', ') || 'no hreflang'}`)
      for (const href of hrefs) {
        if (!href.startsWith(baseUrl)) faults.push(`${path}: ${href} is no full address`)
        const version = await page(guest(), href.slice(baseUrl.length))
        if (namesIn(version).join() !== names.join()) faults.push(`${href} does not name the same versions as ${path}`)
        const canonical = version.$('link[rel=canonical]').attr('href')
        if (canonical !== href) faults.push(`${href}: canonical is ${canonical}`)
      }
    }
    none(faults)
  })

  it('a first visit stays under 60 kB and 8 requests, a repeat under 15 kB', async () => {
    const faults: string[] = []
    for (const persona of ['guest', 'owner', 'coordinator'] as Persona[]) {
      const cookie = await cookieOf(world.readers[persona])
      for (const row of pagesOf(persona)) {
        const path = row.at(world)
        const html = await transfer(path, cookie)
        if (html.status !== 200) faults.push(`${path} ${persona}: ${html.status}`)
        if (!String(html.type).startsWith('text/html')) continue
        const parts = partsOf(html.text)
        const sizes: [string, number][] = []
        for (const part of parts) sizes.push([part, (await transfer(part, cookie)).bytes])
        const script = sizes.filter(([part]) => part.endsWith('.js')).reduce((sum, [, size]) => sum + size, 0)
        const first = html.bytes + sizes.reduce((sum, [, size]) => sum + size, 0)
        if (first > BUDGET.first) faults.push(`${path} ${persona}: first visit ${first} bytes`)
        if (html.bytes > BUDGET.repeat && !LONG.test(path))
          faults.push(`${path} ${persona}: repeat ${html.bytes} bytes`)
        if (parts.length + 1 > BUDGET.requests) faults.push(`${path} ${persona}: ${parts.length + 1} requests`)
        if (script > BUDGET.script) faults.push(`${path} ${persona}: ${script} bytes of script`)
      }
    }
    none(faults)
  })

  it('what a signed-in person saw is kept by no cache on the way', async () => {
    const faults: string[] = []
    for (const row of pagesOf('owner')) {
      const { headers } = await page(world.readers.owner, row.at(world))
      // Feeds are the same for whoever has their address, signed in or not; programs keep them for the next 304.
      if (/^GET \/(healthz|readyz)$|\.ics$/.test(row.route)) continue
      // Materials and files of lessons are large: the reader's own browser may keep them, and asks each time whether it still may.
      // A picture of a lesson is the same for everybody, signed in or not, and its name means the same bytes for ever.
      const kept = /\/materials(\.zip|\/:id)$|^GET \/curriculum\/:module\/files\/:name$/.test(row.route)
        ? /^private, no-cache\b/
        : row.route === 'GET /curriculum/:module/pictures/:name'
          ? /^public, .*immutable$/
          : /no-store/
      if (!kept.test(headers['cache-control'] ?? '')) faults.push(row.route)
    }
    none(faults)
  })

  it('every page forbids inline code, frames and foreign sources', async () => {
    for (const row of pagesOf('guest')) {
      const policy = (await page(guest(), row.at(world))).headers['content-security-policy'] ?? ''
      expect(policy, row.route).to.contain("default-src 'none'").and.to.contain("frame-ancestors 'none'")
      expect(policy, row.route).to.not.match(/unsafe-|https?:|\*/)
    }
  })
})

const pagesOf = (persona: Persona): Row[] =>
  table.filter(({ route, who }) => route.startsWith('GET') && who[persona] === 'yes' && !LETTERS.test(route))

const page = (reader: Reader, path: string) => reader.get(path)

/** The cookie of a reader, as the browser would send it. */
async function cookieOf(reader: Reader): Promise<string> {
  const jar = reader.agent as unknown as {
    jar: { getCookies(access: unknown): { toValueString(): string }[] & object }
  }
  const access = { domain: '127.0.0.1', path: '/', secure: false, script: false }
  return [...jar.jar.getCookies(access)].map(each => each.toValueString()).join('; ')
}

/** Addresses a browser fetches with a page. */
function partsOf(html: string): string[] {
  const $ = load(html)
  const attributes = $('link[rel=stylesheet], link[rel=icon], script[src], img[src], source[srcset]')
    .toArray()
    .map(each => $(each).attr('href') ?? $(each).attr('src') ?? $(each).attr('srcset') ?? '')
  return [...new Set(attributes.filter(each => each.startsWith('/')))]
}

type Transferred = { status: number; bytes: number; type: string | undefined; text: string }

/** Bytes on the wire, compressed as a browser asks for it. */
function transfer(path: string, cookie: string): Promise<Transferred> {
  return new Promise((resolve, reject) => {
    const headers = { 'accept-encoding': 'br, gzip', accept: 'text/html,*/*', cookie }
    httpGet(`${origin()}${path}`, { headers }, response => {
      const parts: Buffer[] = []
      response.on('data', part => parts.push(part))
      response.on('end', async () => {
        const bytes = Buffer.concat(parts)
        const encoding = response.headers['content-encoding']
        const format = encoding === 'br' ? 'brotli' : encoding === 'gzip' ? 'gzip' : undefined
        const stream = new Blob([bytes]).stream()
        const text = await new Response(
          format ? stream.pipeThrough(new DecompressionStream(format as 'gzip')) : stream,
        ).text()
        resolve({ status: response.statusCode!, bytes: bytes.length, type: response.headers['content-type'], text })
      })
    }).on('error', reject)
  })
}
