import { expect } from 'chai'
import { pagesOfEachLanguage } from '../../routes/index.ts'
import { WITHOUT_TOKEN } from '../../server/middleware/csrf.ts'
import { app } from '../support/app.ts'
import type { Answer } from './access/who.ts'
import { table } from './access-table.ts'
import { none } from './tree.ts'
import { aWorld, agentOf, fingerprint, type Persona, PERSONAS, putBack, save, type Saved, type World } from './world.ts'

/** Every route for every persona, on the record of its owner and on one that does not exist: access-table.ts. */

type Layer = { route?: { path: string; methods: Record<string, boolean> }; handle: { stack?: Layer[] } }
type Answered = { status: number; location: string; body: string; id: string }

/** What a GET may write, after the answer is sent: sign-in sessions with a token, stamps, tries counted. */
const STAMPS = ['access_entries', 'sign_in_sessions', 'rate_limits']
/** The last use of a secret calendar address, noted after the answer. */
const USED: Record<string, string> = { 'GET /calendar/:token.ics': 'calendar_feeds' }

describe('law: access', function () {
  this.timeout(600_000)
  let world: World
  let saved: Saved

  beforeEach(async () => {
    if (saved) return void (await putBack(saved))
    world = await aWorld()
    saved = await save()
  })

  it('every route has a row, and every row a route', () => {
    const routes = routesOf((app() as unknown as { router: { stack: Layer[] } }).router.stack, '')
    const rows = table.map(({ route }) => route)
    expect(
      routes.filter(route => !rows.includes(route)),
      'routes without a row',
    ).to.deep.equal([])
    expect(
      rows.filter(route => !routes.includes(route)),
      'rows without a route',
    ).to.deep.equal([])
    expect(rows.length, 'each once').to.equal(new Set(rows).size)
  })

  it('every GET answers each persona as the table says, and changes nothing', async () => {
    const faults: string[] = []
    for (const row of table.filter(({ route }) => route.startsWith('GET'))) {
      const before = await fingerprint(STAMPS)
      for (const persona of PERSONAS) {
        const answer = await get(persona, row.at(world))
        const word = wordOf(answer)
        if (word !== row.who[persona])
          faults.push(`${row.route} ${persona}: ${word} (${answer.status}), the table says ${row.who[persona]}`)
      }
      await settled()
      for (const [name, mark] of Object.entries(await fingerprint(STAMPS)))
        if (mark !== before[name] && USED[row.route] !== name) faults.push(`${row.route} wrote to ${name}`)
    }
    none(faults)
  })

  it('a foreign record and a missing one get the same bytes', async () => {
    const faults: string[] = []
    for (const row of table.filter(({ route, missing }) => missing && route.startsWith('GET')))
      for (const persona of PERSONAS) {
        if (row.who[persona] === 'sign-in') continue
        const missing = await get(persona, row.missing!)
        if (missing.status !== 404 && !EXPLAINED.includes(row.route))
          faults.push(`${row.route} ${persona}: missing gets ${missing.status}`)
        if (row.who[persona] !== 'none') continue
        const foreign = await get(persona, row.at(world))
        if (blanked(foreign, row.at(world)) !== blanked(missing, row.missing!))
          faults.push(`${row.route} ${persona}: foreign and missing can be told apart`)
      }
    none(faults)
  })

  it('every act without a token is refused and changes nothing', async () => {
    const faults: string[] = []
    const personas: Persona[] = ['guest', 'owner', 'coordinator', 'administrator']
    for (const row of table.filter(({ route }) => !route.startsWith('GET'))) {
      if (WITHOUT_TOKEN.includes(row.route.split(' ')[1]!.replace('/:lang', ''))) continue
      const before = await fingerprint(STAMPS)
      for (const persona of personas)
        for (const token of [undefined, 'wrong']) {
          const { status } = await post(persona, row.at(world), token ? { _csrf: token } : {})
          if (![303, 403, 404, 422].includes(status)) faults.push(`${row.route} ${persona} without a token: ${status}`)
        }
      for (const [name, mark] of Object.entries(await fingerprint(STAMPS)))
        if (mark !== before[name]) faults.push(`${row.route} wrote to ${name}`)
    }
    none(faults)
  })

  it('every act answers each persona as the table says; who may not changes nothing', async () => {
    const faults: string[] = []
    const tokens = Object.fromEntries(
      await Promise.all(PERSONAS.map(async persona => [persona, await world.readers[persona].token()])),
    ) as Record<Persona, string>
    const withTokens = await save()
    let marks = await fingerprint([])
    for (const row of table.filter(({ route }) => !route.startsWith('GET')))
      for (const persona of PERSONAS) {
        const answer = await post(persona, row.at(world), { _csrf: tokens[persona] })
        const word = wordOf(answer, true)
        const wanted = row.who[persona]
        if (word !== wanted && !(wanted === 'yes' && word === 'away'))
          faults.push(`${row.route} ${persona}: ${word} (${answer.status}), the table says ${wanted}`)
        const now = await fingerprint([])
        const changed = Object.keys(now).filter(name => now[name] !== marks[name])
        if (['none', 'no', 'sign-in'].includes(wanted)) {
          for (const name of changed)
            if (!STAMPS.includes(name)) faults.push(`${row.route} ${persona} wrote to ${name}`)
          if (row.missing && wanted === 'none') {
            const missing = await post(persona, row.missing, { _csrf: tokens[persona] })
            if (blanked(answer, row.at(world)) !== blanked(missing, row.missing))
              faults.push(`${row.route} ${persona}: foreign and missing can be told apart`)
          }
        }
        if (changed.length) marks = await putBack(withTokens, changed)
      }
    none(faults)
  })

  it('the list of acts without a token holds only what proves itself by a secret of its own', () => {
    expect(WITHOUT_TOKEN.filter(path => !OWN_SECRETS.includes(path))).to.deep.equal([])
  })

  async function get(persona: Persona, path: string): Promise<Answered> {
    return answered(
      await agentOf(world.readers[persona])
        .get(path)
        .set('Accept', 'text/html')
        .buffer(true)
        .parse(asText as never),
    )
  }

  async function post(persona: Persona, path: string, fields: Record<string, string>): Promise<Answered> {
    const request = agentOf(world.readers[persona]).post(path).type('form').set('Accept', 'text/html')
    return answered(
      await request
        .send(new URLSearchParams(fields).toString())
        .buffer(true)
        .parse(asText as never),
    )
  }
})

/** Mail programs send one-click unsubscribe by themselves (RFC 8058): the address carries the secret. */
const OWN_SECRETS = ['/unsubscribe/:token']

/** Addresses whose missing record is no secret and gets an explanation instead of 404. */
const EXPLAINED = ['GET /verify/:code', 'GET /:lang/trainings/:code/attempts']

function routesOf(stack: Layer[], prefix: string): string[] {
  return stack.flatMap(({ route, handle }) => {
    if (route) return Object.keys(route.methods).map(method => `${method.toUpperCase()} ${prefix}${route.path}`)
    if (!handle.stack) return []
    return routesOf(handle.stack, (handle as unknown) === pagesOfEachLanguage ? '/:lang' : prefix)
  })
}

function wordOf({ status, location }: Answered, act = false): Answer | string {
  if (status === 302 || status === 303) return /\/sign-in\?next=|\/sign-in$/.test(location) ? 'sign-in' : 'away'
  if (status === 404) return 'none'
  if (status === 403) return 'no'
  if (status === 401) return 'sign-in'
  if (status === 200 || (act && [400, 422].includes(status))) return 'yes'
  return String(status)
}

/** An answer without what differs by request: addresses, the token, the id of the request. */
function blanked({ body, id }: Answered, path: string): string {
  const rest = path.replace(/^\/en/, '')
  return body
    .replaceAll(encodeURIComponent(path), 'PATH')
    .replaceAll(rest, 'PATH')
    .replace(/name="_csrf" value="[^"]*"/g, 'TOKEN')
    .replaceAll(id, 'REQUEST')
}

const answered = (response: { status: number; headers: Record<string, string>; body: unknown }): Answered => ({
  status: response.status,
  location: response.headers.location ?? '',
  id: response.headers['x-request-id'] ?? 'none',
  body: String(response.body),
})

function asText(response: NodeJS.ReadableStream, done: (error: Error | null, body: string) => void) {
  const parts: Buffer[] = []
  response.on('data', (part: Buffer) => parts.push(Buffer.from(part)))
  response.on('end', () => done(null, Buffer.concat(parts).toString('utf8')))
}

/** Lets what is written after an answer be written. */
const settled = () => new Promise(resolve => setTimeout(resolve, 30))
