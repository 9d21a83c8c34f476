import { expect } from 'chai'
import { unzipSync } from 'fflate'
import { extractText } from 'unpdf'
import { sql } from '../../lib/db.ts'
import { runJobs } from '../support/app.ts'
import { anEnrollment } from '../support/factories.ts'
import { aPerson } from '../support/people.ts'
import { guest, type Reader, signedIn } from '../support/reader.ts'
import { type Row, table } from './access-table.ts'
import { SHARED_BY_DESIGN } from './shared-by-design.ts'
import { none } from './tree.ts'
import { aWorld, agentOf, type World } from './world.ts'
import { somethingAsked } from './world-of-requests.ts'

/**
 * Two States side by side, each with a mark in everything that is its own. Every address of the access table is asked
 * for, with the records of either State, as people of the other: no foreign mark in any byte of page, file, feed or
 * export, and none in any mail. A new route is covered by the row it needs in the access table.
 */

const MARKS = { KZ: 'zhusan-kz-4711', UZ: 'rayhon-uz-8152' }
type State = keyof typeof MARKS

describe('law: leaks between States', function () {
  this.timeout(300_000)
  let world: World
  let ofUz: World
  let readers: { name: string; foreign: State; reader: Reader }[]

  beforeEach(async () => {
    world = await aWorld()
    const uz = await theOtherState(world)
    ofUz = { ...world, asking: await somethingAsked(uz.focalPoint, world.people.coordinator, 'UZ') }
    readers = [
      { name: 'a guest', foreign: 'KZ', reader: guest() },
      { name: 'the focal point of Uzbekistan', foreign: 'KZ', reader: await signedIn(uz.focalPoint) },
      { name: 'an agency of Uzbekistan', foreign: 'KZ', reader: await signedIn(uz.agency) },
      { name: 'a learner of Uzbekistan', foreign: 'KZ', reader: await signedIn(uz.learner) },
      { name: 'a stranger', foreign: 'KZ', reader: world.readers.stranger },
      { name: 'the focal point of Kazakhstan', foreign: 'UZ', reader: world.readers.focalPoint },
      { name: 'a learner of Kazakhstan', foreign: 'UZ', reader: world.readers.other },
    ]
    for (const { reader } of readers) await reader.token()
    // Signed in already: addresses change, too.
    for (const state of ['KZ', 'UZ'] as const) await marked(state)
  })

  it('no page, file, feed, export or search of one State holds a mark of the other', async () => {
    const leaks: string[] = []
    const own: string[] = []
    for (const row of table.filter(each => each.route.startsWith('GET') && !shared(each)))
      for (const path of pathsOf(row))
        for (const { name, foreign, reader } of readers) {
          const text = await bytesOf(reader, path)
          if (text.includes(MARKS[foreign])) leaks.push(`${row.route} ${name}: ${path}`)
          if (name.startsWith('the focal') && text.includes(MARKS[foreign === 'KZ' ? 'UZ' : 'KZ'])) own.push(path)
        }
    none([...new Set(leaks)])
    // The marks are where people look: else nothing would be proved.
    expect(new Set(own).size, 'focal points read the marks of their own State').to.be.greaterThan(10)
  })

  it('no mail to people of one State holds a mark of the other', async () => {
    await runJobs()
    const mails = await sql<{ country: State; text: string }>(
      null,
      `select p.country, concat_ws(' ', m.subject, m.body_text, m.body_html, m.calendar::text) as text
       from mails m join people p on p.id = m.person_id where p.country in ('KZ', 'UZ') and m.body_text is not null`,
    )
    expect(
      mails.filter(({ country, text }) => text.includes(MARKS[country])).length,
      'own marks travel',
    ).to.be.greaterThan(4)
    none(
      mails
        .filter(({ country, text }) => text.includes(MARKS[country === 'KZ' ? 'UZ' : 'KZ']))
        .map(({ text }) => text.slice(0, 200)),
    )
  })

  it('every exception is a route that exists, with its reason', () => {
    const routes = table.map(({ route }) => route)
    none(SHARED_BY_DESIGN.filter(({ route, why }) => !routes.includes(route) || why.length < 20))
  })

  /** The records of either State, in both languages, and a search for the first part of each mark. */
  function pathsOf(row: Row): string[] {
    const paths = [world, ofUz].map(each => row.at(each))
    const found = ['zhusan', 'rayhon'].map(word => `${paths[0]}${paths[0]!.includes('?') ? '&' : '?'}q=${word}`)
    return [...new Set([...paths, paths[0]!.replace(/^\/en\//, '/ru/'), ...found])]
  }
})

const shared = ({ route }: Row) => SHARED_BY_DESIGN.some(each => each.route === route)

/** People of a second State, with a place in the same open training, who let their ministry see it. */
async function theOtherState(world: World) {
  const grants = (part: 'main' | 'agency') => [{ role: 'focal_point' as const, kind: 'state', id: 'UZ', part }]
  const focalPoint = await aPerson({ name: 'Dilnoza Yusupova', country: 'UZ', grants: grants('main') })
  const agency = await aPerson({ name: 'Jasur Toshmatov', country: 'UZ', grants: grants('agency') })
  const learner = await aPerson({ name: 'Nodira Karimova', country: 'UZ' })
  await anEnrollment(world.open, learner)
  await anEnrollment(world.open, world.people.other)
  return { focalPoint, agency, learner }
}

/** Puts the mark of a State into all that is its own: people, mandates, requests, what was written and offered. */
async function marked(state: State) {
  const mark = MARKS[state]
  const own = 'select id from requests where lead_state = $1'
  const texts = [
    `update people set name_latin = name_latin || ' ' || $2, organization = $2, ministry_may_see = true where country = $1`,
    `update accounts a set email = ($2 || '.' || a.email::text)::citext from people p where p.id = a.person_id and p.country = $1`,
    `update certificate_holders h set name_latin = h.name_latin || ' ' || $2 from certificates c, people p
       where c.id = h.certificate_id and p.id = c.person_id and p.country = $1`,
    `update role_grants set mandate = $2, agency = case when part = 'agency' then $2 end
       where role = 'focal_point' and scope_id = $1`,
    `update files f set name = $2 || '.txt' from role_grants g where g.letter_id = f.id and g.scope_id = $1`,
    `insert into handovers (grant_id, address, note, proposed_by, proposed_at)
       select id, $2 || '@ministry.example', $2, person_id, now() from role_grants where scope_id = $1 and part = 'main'`,
    `update requests set submitted_name = $2 where lead_state = $1 and submitted_at is not null`,
    `update form_responses set answers = answers || jsonb_build_object('title', $2::text, 'problem', $2, 'agencies', $2,
       'topics', $2, 'costs-own', $2, 'tasks', jsonb_build_array(jsonb_build_object('task', $2, 'required', 4, 'present', 1)))
       where request_id in (${own})`,
    `insert into messages (request_id, state, side, by_id, body, at)
       select r.id, $1, side, r.holder_id, $2, now() from requests r, unnest(array['state', 'center']) side
       where r.lead_state = $1 and r.status <> 'draft'`,
    `update course_versions v set title = jsonb_build_object('en', $2::text, 'ru', $2), aim = jsonb_build_object('en', $2, 'ru', $2)
       from offers o where o.course_version_id = v.id and o.request_id in (${own})`,
    `update offers set center_inputs = jsonb_build_object('en', $2::text, 'ru', $2), state_agreed_name = case
       when state_agreed_at is not null then $2 end where request_id in (${own})`,
    `update transitions set reason = $2 where record_kind = 'request' and record_id in (${own})`,
  ]
  for (const text of texts) await sql(null, text, text.includes('$1') ? [state, mark] : [mark])
}

/** All that came, as text: what is packed or typeset is opened, too. Headers belong to it. */
async function bytesOf(reader: Reader, path: string): Promise<string> {
  const answer = await agentOf(reader)
    .get(path)
    .set('Accept', 'text/html')
    .buffer(true)
    .parse(asBytes as never)
  const bytes = answer.body as Buffer
  const type = String(answer.headers['content-type'])
  // What was asked for stands in the page again, and is no answer.
  const text = JSON.stringify(answer.headers) + bytes.toString('utf8')
  if (type.includes('pdf')) return text + (await extractText(new Uint8Array(bytes), { mergePages: true })).text
  if (!/zip|spreadsheet/.test(type)) return text
  return (
    text +
    Object.values(unzipSync(new Uint8Array(bytes)))
      .map(part => Buffer.from(part).toString('utf8'))
      .join(' ')
  )
}

function asBytes(response: NodeJS.ReadableStream, done: (error: Error | null, body: Buffer) => void) {
  const parts: Buffer[] = []
  response.on('data', (part: Buffer) => parts.push(Buffer.from(part)))
  response.on('end', () => done(null, Buffer.concat(parts)))
}
