import { expect } from 'chai'
import type { CheerioAPI } from 'cheerio'
import { load } from 'cheerio'
import supertest from 'supertest'
import { app } from './app.ts'
import { checkPage } from './pages.ts'
import { PASSWORD, type Someone } from './people.ts'

export type Page = {
  status: number
  path: string
  location: string | undefined
  headers: Record<string, string>
  html: string
  $: CheerioAPI
  /** Text of the main part, white space folded. */
  text: string
  body: unknown
  bytes: Buffer
}

type Fields = Record<string, string | string[]>

/** A person at a browser: keeps cookies, reads pages (each is checked), fills in the forms that are there. */
export class Reader {
  agent = supertest.agent(app())
  last: Page | undefined

  /** Fetches a page; redirects are not followed. */
  async get(path: string, headers: Record<string, string> = {}): Promise<Page> {
    return this.keep(
      path,
      await this.agent
        .get(path)
        .set({ Accept: 'text/html', ...headers })
        .buffer(true)
        .parse(asBytes as never),
    )
  }

  /** Fetches a page and follows redirects. */
  async open(path: string): Promise<Page> {
    const page = await this.get(path)
    return page.location ? this.open(page.location) : page
  }

  /** Fills in the form of the last page whose action ends so, and sends it; other fields keep what the page shows. */
  async submit(action: string, fields: Fields = {}): Promise<Page> {
    const $ = this.last!.$
    const form = $('form[method=post]').filter((_, element) =>
      new URL($(element).attr('action') ?? '', 'http://x').pathname.endsWith(action),
    )
    expect(form.length, `one form for ${action} on ${this.last!.path}`).to.be.greaterThan(0)
    const target = form.first().attr('action')!
    return this.post(target, { ...shown($, form.first()), ...fields }, false)
  }

  /** Posts fields with the token of this sign-in session, as a form would. */
  async post(path: string, fields: Fields = {}, addToken = true): Promise<Page> {
    const body = addToken ? { _csrf: await this.token(), ...fields } : fields
    const request = this.agent.post(path).type('form').set('Accept', 'text/html')
    return this.keep(
      path,
      await request
        .send(encode(body))
        .buffer(true)
        .parse(asBytes as never),
    )
  }

  /** Follows the answer of a post to the page it leads to. */
  async follow(page: Page): Promise<Page> {
    expect(page.status, `${page.path} redirects; it says: ${page.text.slice(0, 300)}`).to.equal(303)
    return this.open(page.location!)
  }

  /** A valid token of this session. */
  async token(): Promise<string> {
    const page = load((await this.agent.get('/en/sign-in').set('Accept', 'text/html').redirects(1)).text)
    return page('input[name=_csrf]').first().attr('value')!
  }

  private keep(path: string, response: supertest.Response): Page {
    const bytes = response.body as Buffer
    const isHtml = String(response.headers['content-type']).startsWith('text/html')
    const html = bytes.toString('utf8')
    const redirect = response.status >= 300 && response.status < 400
    const $ = isHtml && !redirect ? checkPage(html, `${path} (${response.status})`) : load('')
    const page: Page = {
      status: response.status,
      path,
      location: response.headers.location,
      headers: response.headers,
      html,
      $,
      text: $('main').text().replace(/\s+/g, ' ').trim(),
      body: String(response.headers['content-type']).includes('json') ? JSON.parse(html) : undefined,
      bytes,
    }
    if (isHtml && !redirect) this.last = page
    return page
  }
}

/** A guest's browser. */
export const guest = () => new Reader()

/** A browser in which this person has signed in, by the sign-in page. */
export async function signedIn(person: Someone): Promise<Reader> {
  const reader = new Reader()
  await reader.get('/en/sign-in')
  const answer = await reader.submit('/sign-in', { email: person.email, password: PASSWORD })
  expect(answer.status, `${person.email} signs in: ${answer.text}`).to.equal(303)
  return reader
}

function shown($: CheerioAPI, form: ReturnType<CheerioAPI>): Fields {
  const fields: Fields = {}
  const add = (name: string, value: string) => {
    const had = fields[name]
    fields[name] = had === undefined ? value : [...(Array.isArray(had) ? had : [had]), value]
  }
  for (const element of form.find('input, select, textarea').toArray()) {
    const field = $(element)
    const name = field.attr('name')
    const type = field.attr('type')
    if (!name || type === 'submit' || type === 'file') continue
    if ((type === 'checkbox' || type === 'radio') && field.attr('checked') === undefined) continue
    const value = element.tagName === 'select' ? field.find('option[selected]').attr('value') : field.val()
    add(name, String(value ?? ''))
  }
  return fields
}

const encode = (fields: Fields) =>
  new URLSearchParams(
    Object.entries(fields).flatMap(([name, value]) =>
      Array.isArray(value) ? value.map(each => [name, each]) : [[name, value]],
    ),
  ).toString()

function asBytes(response: NodeJS.ReadableStream, done: (error: Error | null, body: Buffer) => void) {
  const parts: Buffer[] = []
  response.on('data', (part: Buffer) => parts.push(Buffer.from(part)))
  response.on('end', () => done(null, Buffer.concat(parts)))
}
