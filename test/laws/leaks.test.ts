import { expect } from 'chai'
import { sql } from '../../lib/db.ts'
import { runJobs } from '../support/app.ts'
import { anEnrollment } from '../support/trainings.ts'
import { aPerson } from '../support/people.ts'
import { guest, type Reader, signedIn } from '../support/reader.ts'
import type { Row } from './access/who.ts'
import { table } from './access-table.ts'
import { bytesOf } from './bytes.ts'
import { COMMON_PART, SHARED_BY_DESIGN } from './shared-by-design.ts'
import { none } from './tree.ts'
import { aWorld, type World } from './world.ts'
import { aFocalPoint } from '../support/requests.ts'
import { somethingAsked } from './world-of-requests.ts'

/**
 * Two States side by side, each with a mark in everything that is its own. Every address of the access table is asked
 * for, with the records of either State, as people of the other: no foreign mark in any byte of page, file, feed or
 * export, and none in any mail. A new route is covered by the row it needs in the access table.
 */

const MARKS = { KZ: 'zhusan-kz-4711', UZ: 'rayhon-uz-8152' }
/** In the common part of requests that both have part in, by the State that leads. */
const COMMON = { KZ: 'kalkan-joint-3390', UZ: 'kalkan-joint-5127' }
type State = keyof typeof MARKS

describe('law: leaks between States', function () {
  this.timeout(600_000)
  let world: World
  let ofUz: World
  let readers: { name: string; foreign: State; reader: Reader }[]

  beforeEach(async () => {
    world = await aWorld()
    const uz = await theOtherState(world)
    const kz = { person: world.people.focalPoint, state: 'KZ' }
    ofUz = { ...world, asking: await somethingAsked(uz.focalPoint, world.people.coordinator, 'UZ', kz) }
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
    for (const state of ['KZ', 'UZ'] as const) await markedCommon(state)
  })

  it('no page, file, feed, export or search of one State holds a mark of the other', async () => {
    const leaks: string[] = []
    const own: string[] = []
    const common: string[] = []
    for (const row of table.filter(each => each.route.startsWith('GET') && !shared(each)))
      for (const path of pathsOf(row))
        for (const { name, foreign, reader } of readers) {
          const text = await bytesOf(reader, path)
          if (text.includes(MARKS[foreign])) leaks.push(`${row.route} ${name}: ${path}`)
          for (const lead of ['KZ', 'UZ'] as const) {
            if (!text.includes(COMMON[lead])) continue
            if (!sharedWith(row, name, lead === foreign)) leaks.push(`${row.route} ${name}, common part: ${path}`)
            if (lead === foreign) common.push(row.route)
          }
          if (name.startsWith('the focal') && text.includes(MARKS[foreign === 'KZ' ? 'UZ' : 'KZ'])) own.push(path)
        }
    none([...new Set(leaks)])
    // The marks are where people look: else nothing would be proved.
    expect(new Set(own).size, 'focal points read the marks of their own State').to.be.greaterThan(10)
    expect(new Set(common).size, 'a State reads the common part of what another leads').to.be.greaterThan(6)
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
    none([...SHARED_BY_DESIGN, ...COMMON_PART].filter(({ route, why }) => !routes.includes(route) || why.length < 15))
  })

  /** The records of either State, in both languages, joint requests in place of others, and a search for each mark. */
  function pathsOf(row: Row): string[] {
    const paths = [world, ofUz].flatMap(each => [each, ...joint(each)]).map(each => row.at(each))
    const found = ['zhusan', 'rayhon'].map(word => `${paths[0]}${paths[0]!.includes('?') ? '&' : '?'}q=${word}`)
    return [...new Set([...paths, paths[0]!.replace(/^\/en\//, '/ru/'), ...found])]
  }
})

/** The same world with a joint request in place of each other one, and with the file of a State's own part. */
const joint = (of: World): World[] => {
  const { joint: code, joined, ownFile } = of.asking
  return [
    { ...of, asking: { ...of.asking, draft: code, offered: code, agreed: code, invited: code, file: ownFile } },
    { ...of, asking: { ...of.asking, draft: joined, offered: joined, invited: joined } },
  ]
}

/** Who stands for one of the two States reads what it leads, and the common part of the other's at the addresses of the list. */
const sharedWith = ({ route }: Row, name: string, foreign: boolean) =>
  /^(the focal point|an agency)/.test(name) && (!foreign || COMMON_PART.some(each => each.route === route))

const shared = ({ route }: Row) => SHARED_BY_DESIGN.some(each => each.route === route)

/** People of a second State, with a place in the same open training, who let their ministry see it. */
async function theOtherState(world: World) {
  const focalPoint = world.asking.neighbor.person
  const agency = await aFocalPoint('UZ', 'Jasur Toshmatov', 'agency')
  const learner = await aPerson({ name: 'Nodira Karimova', country: 'UZ' })
  await anEnrollment(world.open, learner)
  await anEnrollment(world.open, world.people.other)
  return { focalPoint, agency, learner }
}

/** Requests in which both States have part. */
const JOINT = `select request_id from request_states where state in ('KZ', 'UZ') group by request_id having count(*) = 2`

/** Puts the mark of a State into all that is its own: people, mandates, requests, what was written and offered. */
async function marked(state: State) {
  const mark = MARKS[state]
  const own = `select id from requests where lead_state = $1 and id not in (${JOINT})`
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
       where request_id in (${own}) or (request_id in (${JOINT}) and state = $1)`,
    `update files f set name = $2 || '.pdf' from request_states s where f.owner_kind = 'request_state'
       and f.owner_id = s.id::text and s.state = $1`,
    `update request_states s set note = $2 from requests r where r.id = s.request_id and r.lead_state = $1 and s.state = 'TJ'`,
    `update transitions x set reason = $2 from request_states s join requests r on r.id = s.request_id
       where x.record_kind = 'request_state' and x.record_id = s.id and r.lead_state = $1 and x.reason is not null`,
    `insert into messages (request_id, state, side, by_id, body, at)
       select s.request_id, $1, side, g.person_id, $2, now() from request_states s join requests r on r.id = s.request_id
         join role_grants g on g.role = 'focal_point' and g.scope_id = $1 and g.part = 'main',
         unnest(array['state', 'center']) side
       where s.state = $1 and s.status = 'joined' and r.status <> 'draft'`,
    `update course_versions v set title = jsonb_build_object('en', $2::text, 'ru', $2), aim = jsonb_build_object('en', $2, 'ru', $2)
       from offers o where o.course_version_id = v.id and o.request_id in (${own})`,
    `update offers set center_inputs = jsonb_build_object('en', $2::text, 'ru', $2) where request_id in (${own})`,
    `update offers o set state_agreed_name = $2 from requests r where r.id = o.request_id and r.lead_state = $1
       and o.state_agreed_at is not null`,
    `update transitions set reason = $2 where record_kind = 'request' and record_id in (${own})`,
  ]
  for (const text of texts) await sql(null, text, text.includes('$1') ? [state, mark] : [mark])
}

/** Puts a mark into what the States of joint requests share, by the State that leads. */
async function markedCommon(state: State) {
  const led = `select id from requests where lead_state = $1 and id in (${JOINT})`
  const texts = [
    `update form_responses set answers = answers || jsonb_build_object('title', $2::text, 'topics', $2)
       where request_id in (${led}) and state is null`,
    `update files set name = $2 || '.pdf' where owner_kind = 'request' and owner_id in (select x.id::text from (${led}) x)`,
    `update offers set state_inputs = jsonb_build_object('en', $2::text, 'ru', $2) where request_id in (${led})`,
  ]
  for (const text of texts) await sql(null, text, [state, COMMON[state]])
}
