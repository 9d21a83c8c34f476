import { expect } from 'chai'
import { load } from 'cheerio'
import { one, sql } from '../lib/db.ts'
import { erase } from '../models/erasing.ts'
import { returnWork, saveMark } from '../models/marking.ts'
import { changeGrade, release } from '../models/releasing.ts'
import { keep, kept } from '../lib/storage.ts'
import { addFile, handIn, saveDraft } from '../models/submitting.ts'
import { assignmentOf } from '../models/assignment.ts'
import { runJobs, standAt, theHouse } from './support/app.ts'
import { aMarkedTraining, aTrainerOf, aWork, judged, lastWork, levels, PDF } from './support/assignments.ts'
import { anEnrollment } from './support/trainings.ts'
import { aPerson, asActor, cast, type Someone } from './support/people.ts'
import { type Reader, signedIn } from './support/reader.ts'

/** Before a grade is released nothing of it is in any byte a learner gets: the pages of marked and unmarked are the same. */

const SECRET = /quietly-brilliant|93[.,]33|13[.,]3\b/

type Seen = Map<string, string>

/** Everything a person can reach by links from their pages, and what was mailed to them; without tokens and ids of requests. */
async function crawl(reader: Reader, person: Someone, from: string[]): Promise<Seen> {
  await runJobs()
  const seen: Seen = new Map()
  const queue = [...from]
  for (let path = queue.shift(); path; path = queue.shift()) {
    if (seen.has(path) || seen.size > 150) continue
    const answer = await reader.agent
      .get(path)
      .buffer(true)
      .parse(asText as never)
    const text = String(answer.body)
    seen.set(path, blanked(text))
    if (!String(answer.headers['content-type']).startsWith('text/html')) continue
    const $ = load(text)
    for (const link of $('a[href]').toArray()) {
      const url = new URL($(link).attr('href')!, `http://x${path}`)
      const own =
        url.host === 'x' && /^\/(en\/(home|me|trainings|certificates|courses)|calendar|trainings)/.test(url.pathname)
      if (own && !url.pathname.includes('sign-out')) queue.push(url.pathname + url.search)
    }
    if (answer.headers.location) queue.push(new URL(answer.headers.location, 'http://x').pathname)
  }
  const mails = await sql<{ text: string }>(
    null,
    `select coalesce(subject, '') || coalesce(body_text, '') || coalesce(body_html, '') || data::text as text from mails
     where person_id = ${person.id} order by id`,
  )
  seen.set('mails', mails.map(({ text }) => text).join('\n'))
  return seen
}

const blanked = (text: string) =>
  text
    .replace(/name="_csrf" value="[^"]*"/g, '')
    .replace(/<code>[0-9a-f-]{8,}<\/code>/g, '')
    .replace(/"(seen_at|last_used_at|expires_at|created_at|at)": ?"[^"]*"/g, '')

const asText = (response: NodeJS.ReadableStream, done: (error: Error | null, body: string) => void) => {
  const parts: Buffer[] = []
  response.on('data', (part: Buffer) => parts.push(Buffer.from(part)))
  response.on('end', () => done(null, Buffer.concat(parts).toString('latin1')))
}

async function ready(traits: Parameters<typeof aMarkedTraining>[0] = {}) {
  standAt('2027-03-08T08:00:00Z')
  const { training } = await aMarkedTraining({ certificate: true, ...traits })
  const [trainer, coordinator] = [await aTrainerOf(training), await cast.coordinator()]
  const work = await aWork(training, { person: await cast.learner() })
  const from = [
    '/en/home',
    '/en/me',
    '/en/me/data.json',
    `/en/trainings/${training.code}`,
    `/en/trainings/${training.code}/assignment`,
  ]
  return { training, trainer, coordinator, work, from, reader: await signedIn(work.person) }
}

describe('assignments: what a learner sees before release', function () {
  this.timeout(60_000)

  it('is the same bytes whether the work is unmarked, begun, or marked: pages, own data, mails', async () => {
    const { trainer, work, from, reader, training } = await ready()
    const unmarked = await crawl(reader, work.person, from)
    expect([...unmarked.keys()].length).to.be.greaterThan(15)
    expect([...unmarked.keys()]).to.include.members([`/en/trainings/${training.code}/assignment`, '/en/me/data.json'])
    const marker = await asActor(trainer)
    await saveMark(marker, work.id, { levels: levels(3, 3, 2, 3), comment: 'quietly-brilliant' })
    const begun = await crawl(reader, work.person, from)
    await judged(trainer, work, [3, 3, 2, 3], 'quietly-brilliant')
    const marked = await crawl(reader, work.person, from)
    for (const later of [begun, marked]) {
      expect([...later.keys()]).to.deep.equal([...unmarked.keys()])
      for (const [path, text] of unmarked) expect(later.get(path) === text, `${path} differs`).to.equal(true)
    }
    for (const [path, text] of marked) expect(SECRET.test(text), path).to.equal(false)
  })

  it('a returned work shows its comment and no level; what was begun before stays unseen', async () => {
    const { trainer, work, from, reader } = await ready()
    const marker = await asActor(trainer)
    await saveMark(marker, work.id, { levels: levels(3, 3, 2, 3), comment: 'quietly-brilliant' })
    await returnWork(marker, work.id, { levels: levels(3, 3, 2, 3), comment: 'Name your sources' })
    const returned = await crawl(reader, work.person, from)
    for (const [path, text] of returned) expect(SECRET.test(text), path).to.equal(false)
    expect([...returned.values()].some(text => text.includes('Name your sources'))).to.equal(true)
  })

  it('another learner and a stranger find nothing of it, released or not; the learner finds all of it once released', async () => {
    const { trainer, coordinator, work, from, reader, training } = await ready()
    await judged(trainer, work, [3, 3, 2, 3], 'quietly-brilliant')
    const classmate = await aPerson()
    await anEnrollment(training, classmate)
    const center = await asActor(coordinator)
    await release(center, training.id)
    for (const person of [classmate, await cast.stranger(), await cast.focalPoint()]) {
      const theirs = await crawl(await signedIn(person), person, from)
      for (const [path, text] of theirs) expect(SECRET.test(text), `${person.email} ${path}`).to.equal(false)
    }
    const released = await crawl(reader, work.person, from)
    for (const path of [`/en/trainings/${training.code}/assignment`, '/en/me/data.json', 'mails'])
      expect(released.get(path), path).to.match(SECRET)
    await changeGrade(center, training.id, work.enrollmentId, {
      ...{ levels: levels(3, 3, 3, 3), comment: 'Now perfect', reason: 'Overlooked a page' },
    })
    const changed = await crawl(reader, work.person, from)
    expect(changed.get('/en/me/data.json')).to.contain('Overlooked a page').and.to.match(SECRET)
  })
})

describe('assignments: erasure', () => {
  it('takes text, files and comments with it and leaves points; the bytes go a day later unless another row names them', async () => {
    standAt('2027-03-08T08:00:00Z')
    const { training } = await aMarkedTraining()
    const trainer = await aTrainerOf(training)
    const person = await cast.learner()
    await anEnrollment(training, person)
    const actor = await asActor(person)
    const place = (await assignmentOf(actor, training.code))!
    const { uploadsDir } = theHouse().config
    const sha256 = await keep(uploadsDir, PDF)
    await saveDraft(actor, place, { body: 'Words of Aigerim', language: 'en', revision: 0 })
    await addFile(actor, place, { sha256, size: PDF.length, type: 'application/pdf', name: 'Sadykova.pdf' }, 'en')
    await handIn(actor, place)
    await judged(trainer, { id: await lastWork(place) }, [3, 3, 3, 3], 'Dear Aigerim, well done')
    await release(await asActor(await cast.coordinator()), training.id)
    await erase(await asActor(await cast.administrator()), person.id, 'letter')
    const rows = await one<{ text: string }>(
      null,
      `select string_agg(t, ' ') as text from (select to_jsonb(s)::text as t from submissions s
         union all select to_jsonb(m)::text from marks m union all select to_jsonb(l)::text from grade_releases l
         union all select to_jsonb(f)::text from files f) all_rows`,
    )
    expect(rows!.text).to.not.match(/Aigerim|Sadykova/)
    expect((await one<{ percent: string }>(null, 'select percent from grade_releases'))!.percent).to.equal('100.00')
    standAt('2027-03-09T10:00:00Z')
    await runJobs()
    const gone = await kept(uploadsDir, sha256).then(
      () => false,
      () => true,
    )
    expect(gone).to.equal(true)
  })
})
