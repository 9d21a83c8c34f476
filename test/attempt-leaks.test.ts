import { expect } from 'chai'
import { load } from 'cheerio'
import { sql } from '../lib/db.ts'
import { itemsOf } from '../models/attempt.ts'
import { waitingEssays } from '../models/essay.ts'
import { finalizeEssayMark, saveEssayMark } from '../models/marking-essays.ts'
import { bytesOf } from './laws/bytes.ts'
import { runJobs, standAt } from './support/app.ts'
import { aTrainerOf } from './support/assignments.ts'
import { attemptOf, begin, enrolled, send } from './support/attempts.ts'
import { askEssays, points } from './support/essays.ts'
import { anEnrollment } from './support/trainings.ts'
import { aPerson, asActor, cast, type Someone } from './support/people.ts'
import { type Reader, signedIn } from './support/reader.ts'

/**
 * Everything each persona can reach from their pages, in each state of an attempt, and all their mail: no key, grade,
 * receipt or reason before its time, in any byte of page, file, feed or mail.
 */

const REASON = /whispered-reason/
/** Three questions of four, and half of one more: a grade that nothing else on a page looks like. */
const GRADE = /87[.,]5/
/** The same with five points of eight for each of two essays: 13.5 of 20. */
const MARKED = /67[.,]5/

type Persona =
  | 'learner'
  | 'classmate'
  | 'trainer'
  | 'coordinator'
  | 'inCharge'
  | 'administrator'
  | 'focalPoint'
  | 'stranger'
type Seen = Map<string, string>

const OTHERS: Persona[] = ['classmate', 'focalPoint', 'stranger']
const ALL: Persona[] = ['learner', 'trainer', 'coordinator', 'inCharge', 'administrator', ...OTHERS]

async function ready(essays = 0) {
  standAt('2026-12-01T08:00:00Z')
  const all = await enrolled()
  if (essays) await askEssays(all.course, essays, 2)
  await sql(
    null,
    `update item_versions v set content = jsonb_set(content, '{options}', (select jsonb_agg(o || jsonb_build_object('feedback',
       jsonb_build_object('en', 'whispered-reason ' || (o ->> 'id'), 'ru', 'whispered-reason ' || (o ->> 'id'))))
       from jsonb_array_elements(content -> 'options') o)) where v.type <> 'essay'`,
  )
  const classmate = await aPerson()
  await anEnrollment(all.training, classmate)
  const people: Record<Persona, Someone> = {
    ...{ learner: all.person, classmate, trainer: await aTrainerOf(all.training) },
    ...{ coordinator: await cast.coordinator(), inCharge: await cast.inCharge(all.training.id) },
    ...{ administrator: await cast.administrator(), focalPoint: await cast.focalPoint() },
    ...{ stranger: await cast.stranger() },
  }
  const readers = Object.fromEntries(
    await Promise.all(Object.entries(people).map(async ([name, person]) => [name, await signedIn(person)])),
  ) as Record<Persona, Reader>
  return { ...all, people, readers }
}

type World = Awaited<ReturnType<typeof ready>>

/** Answers everything but half of one question. */
async function answered({ readers, training }: World) {
  await begin(readers.learner, training)
  const { id } = (await sql<{ id: string }>(null, 'select max(id)::text as id from attempts'))[0]!
  const items = await itemsOf(id)
  await send(
    readers.learner,
    training,
    items.map(item => ({ question: item.position, value: ['a'], counter: item.position, ms: 1000 })),
  )
}

async function handIn({ readers, training }: World) {
  await readers.learner.get(attemptOf(training, '1/check'))
  await readers.learner.submit('/handing-in')
}

async function seenBy(world: World, persona: Persona): Promise<Seen> {
  await runJobs()
  const { code } = world.training
  const reader = world.readers[persona]
  const seen: Seen = new Map()
  const queue = [
    ...['/en/home', '/ru/home', '/en/me', '/en/me/data.json', `/en/trainings/${code}`, `/en/trainings/${code}/test`],
    ...['result', 'saves', 'check', '1', '2', 'handing-in'].flatMap(rest => [
      `/en/trainings/${code}/attempts/1/${rest}`,
      `/ru/trainings/${code}/attempts/1/${rest}`,
    ]),
    ...['', '/test', '/participants', '/participants.xlsx', `/test/${world.enrollment.id}`].map(
      rest => `/en/manage/trainings/${code}${rest}`,
    ),
    `/en/teaching/${code}`,
  ]
  for (let path = queue.shift(); path; path = queue.shift()) {
    if (seen.has(path) || seen.size > 40) continue
    const text = await bytesOf(reader, path)
    seen.set(path, text)
    const start = text.indexOf('<!doctype html>')
    if (start < 0) continue
    const $ = load(text.slice(start))
    for (const link of $('main a[href]').toArray()) {
      const url = new URL($(link).attr('href')!, `http://x${path}`)
      const near = url.host === 'x' && (url.pathname.includes(code) || /^\/(en\/(me|home)|calendar)/.test(url.pathname))
      if (near && !/bank|questions/.test(url.pathname)) queue.push(url.pathname + url.search)
    }
  }
  const mails = await sql<{ text: string }>(
    null,
    `select concat_ws(' ', subject, body_text, body_html, data::text, calendar::text) as text from mails where person_id = $1`,
    [world.people[persona].id],
  )
  seen.set('mails', mails.map(({ text }) => text).join('\n'))
  return seen
}

/** What each persona gets to see. */
async function allSeen(world: World, personas: Persona[] = ALL): Promise<Map<Persona, Seen>> {
  const all = new Map<Persona, Seen>()
  for (const persona of personas) all.set(persona, await seenBy(world, persona))
  return all
}

/** Who finds what where, among some of them. */
const finds = (all: Map<Persona, Seen>, what: RegExp, personas: Persona[] = ALL): string[] =>
  personas.flatMap(persona =>
    [...(all.get(persona) ?? [])].flatMap(([path, text]) => (what.test(text) ? [`${persona} ${path}`] : [])),
  )

describe('attempts: what may be seen when', function () {
  this.timeout(180_000)

  for (const [state, minute] of [
    ['open', '08:20'],
    ['over, waiting for late answers', '08:40'],
    ['over, the wait has passed and nobody has closed it', '09:40'],
  ] as const)
    it(`${state}: no grade, receipt or reason for anybody`, async () => {
      const world = await ready()
      await answered(world)
      standAt(`2026-12-01T${minute}:00Z`)
      const all = await allSeen(world)
      expect(finds(all, REASON)).to.deep.equal([])
      expect(finds(all, GRADE)).to.deep.equal([])
      const learner = all.get('learner')!
      expect(learner.size, 'the crawl reaches something').to.be.greaterThan(20)
      for (const [path, text] of learner) {
        expect(/([0-9A-F]{4}-){5}/.test(text), `${path} has a receipt`).to.equal(false)
        if (minute !== '08:20') expect(/Question RMC|Вопрос RMC/.test(text), `${path} asks again`).to.equal(false)
      }
    })

  for (const feedback of ['after_attempt', 'after_closing', 'never'] as const)
    it(`handed in, feedback ${feedback}: the grade for the learner and those who run the training, reasons in their time`, async () => {
      const world = await ready()
      await sql(null, 'update assessments set feedback = $1', [feedback])
      await answered(world)
      standAt('2026-12-01T08:20:00Z')
      await handIn(world)
      const all = await allSeen(world)
      expect(finds(all, GRADE, OTHERS)).to.deep.equal([])
      expect(finds(all, REASON, ALL.slice(1))).to.deep.equal([])
      const grades = finds(all, GRADE)
      expect(grades, 'the crawl finds what it may').to.include('learner mails')
      expect(grades.some(each => each.startsWith('coordinator'))).to.equal(true)
      const reasons = finds(all, REASON)
      if (feedback === 'after_attempt') expect(reasons).to.include(`learner ${attemptOf(world.training, '1/result')}`)
      else expect(reasons).to.deep.equal([])
    })

  it('handed in, essays wait for marks: no grade, mark, comment or reason for anybody, and all of it once they are marked', async () => {
    const world = await ready(2)
    await answered(world)
    standAt('2026-12-01T08:20:00Z')
    await handIn(world)
    const trainer = await asActor(world.people.trainer)
    const [first, second] = await waitingEssays(trainer.id!)
    await finalizeEssayMark(trainer, first!.id, points(5, 'whispered-comment'))
    await saveEssayMark(trainer, second!.id, points(5, 'whispered-comment'))
    const others = ALL.filter(persona => persona !== 'trainer')
    const all = await allSeen(world)
    expect(finds(all, /whispered/, others)).to.deep.equal([])
    expect(finds(all, MARKED)).to.deep.equal([])
    expect(finds(all, /hidden-guidance/)).to.deep.equal([])
    expect(finds(all, /([0-9A-F]{4}-){5}/, ['learner']), 'the receipt is theirs').to.not.deep.equal([])
    await finalizeEssayMark(trainer, second!.id, points(5, 'whispered-comment'))
    const after = await allSeen(world)
    expect(finds(after, MARKED, OTHERS)).to.deep.equal([])
    expect(finds(after, /whispered/, others.slice(1))).to.deep.equal([])
    const result = `learner ${attemptOf(world.training, '1/result')}`
    expect(finds(after, MARKED)).to.include.members(['learner mails', result])
    expect(finds(after, /whispered-comment/)).to.include(result)
  })

  it('reasons are gone again while another attempt is open', async () => {
    const world = await ready()
    await answered(world)
    await handIn(world)
    expect(finds(await allSeen(world, ['learner']), REASON)).to.not.deep.equal([])
    await begin(world.readers.learner, world.training)
    expect(finds(await allSeen(world, ['learner']), REASON)).to.deep.equal([])
  })
})
