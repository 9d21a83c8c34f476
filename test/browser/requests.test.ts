import { expect } from 'chai'
import { type CheerioAPI, load } from 'cheerio'
import { one, sql } from '../../lib/db.ts'
import { aSiteForEach, aWindow, type Looks, type Site, type Window } from '../support/browser.ts'
import * as file from '../support/files.ts'
import { wordsOf } from '../support/papers.ts'
import { aPerson, PASSWORD, type Someone } from '../support/people.ts'

/**
 * A State asks for a training and gets it: from the first draft on a phone to sessions in an agenda, with the mandate handed
 * over in the middle. After each step both sides' pages say the same, and the mails and papers say it too.
 */

const COORDINATOR = 'coordinator@rtcm.example'
const TITLE = { en: 'Questions at the border', ru: 'Вопросы на границе' }
const SAID: Record<string, { problem: string; question: string; answer: string; second: string; more: string }> = {
  en: {
    problem: 'Each post asks other questions.',
    question: 'How many posts take part?',
    answer: 'Fourteen, on two borders.',
    second: 'In which languages do they interview?',
    more: 'Most often in Tajik and in Uzbek.',
  },
  ru: {
    problem: 'На каждом посту задают разные вопросы.',
    question: 'Сколько постов участвует?',
    answer: 'Четырнадцать, на двух границах.',
    second: 'На каких языках идёт опрос?',
    more: 'Чаще всего на таджикском и узбекском.',
  },
}

describe('a State asks for a training and gets it', function () {
  this.timeout(600_000)
  const site = aSiteForEach()

  const ways: [string, 'en' | 'ru', Looks][] = [
    ['in English, with axe at every step', 'en', { watched: true }],
    ['in Russian without JavaScript', 'ru', { javaScript: false, locale: 'ru-RU' }],
  ]
  for (const [name, language, looks] of ways)
    it(name, async () => {
      const words = SAID[language]!
      const [old, next] = [await aFocalPoint(language), await aSuccessor(language)]
      const center = await aWindow(site, looks)
      await center.signIn(language, COORDINATOR)
      const leaving = await aPhone(site, language, looks, old)

      const code = await asks(leaving, language)
      const both = (state: Window) => agree(state, center, language, code)
      await both(leaving)
      await mailed(COORDINATOR, 'submitted', [code, TITLE[language]])

      await center.press('/acknowledgement')
      await both(leaving)
      await mailed(old.email, 'acknowledged', [code])
      await writes(center, '/messages/KG', words.question)
      await mailed(old.email, 'message', [words.question])
      await both(leaving)
      await writes(leaving, '/messages', words.answer)
      await mailed(COORDINATOR, 'message', [words.answer])
      await both(leaving)
      await writes(center, '/messages/KG', words.second)

      await handsOver(leaving, center, language, next)
      await findsNothing(leaving, language, code)
      const taking = await aPhone(site, language, looks, next)
      await mailed(next.email, 'given', [])
      await taking.go(`/${language}/state`)
      await taking.look()
      await taking.follow(new RegExp(`/state/requests/${code}$`))
      expect(await taking.text(), 'what was written before')
        .to.contain(words.answer)
        .and.contain(words.second)
      await writes(taking, '/messages', words.more)
      await both(taking)

      await center.press('/clarification')
      await both(taking)
      await offers(center, language, code)
      await mailed(next.email, 'offered', [code])
      await both(taking)
      await readsOffer(taking, center, language, code, 1)
      await offersAgain(center, language, code)
      await both(taking)
      await agreesToTheSecond(taking, center, language, code)
      await mailed(COORDINATOR, 'state-agreed', [code])
      await mailed(next.email, 'agreed', [code])
      await both(taking)
      await papersAgree(taking, center, language, code)

      const training = await becomesATraining(center, language, code)
      await mailed(next.email, 'training', [training])
      await both(taking)
      await isScheduled(taking, center, language, code, training)
      for (const window of [center, leaving, taking]) await window.close()
      const late = await sql(null, `select kind from mails where address = $1 and data ->> 'news' = 'offered'`, [
        old.email,
      ])
      expect(late, 'nobody writes to who has left').to.deep.equal([])
    })
})

const aFocalPoint = (locale: 'en' | 'ru') =>
  aPerson({
    ...{ name: 'Nurbek Asanov', cyrillic: 'Нурбек Асанов', sex: 'man', country: 'KG', locale },
    grants: [{ role: 'focal_point', kind: 'state', id: 'KG' }],
  })

const aSuccessor = (locale: 'en' | 'ru') => aPerson({ name: 'Cholpon Usenova', cyrillic: 'Чолпон Усенова', locale })

async function aPhone(site: Site, language: string, looks: Looks, person: Someone): Promise<Window> {
  const phone = await aWindow(site, { ...looks, width: 360 })
  await phone.signIn(language, person.email, PASSWORD)
  return phone
}

/** A Monday so many weeks ahead. */
function monday(weeks: number): Temporal.PlainDate {
  const today = Temporal.Now.plainDateISO('Asia/Baku')
  return today.subtract({ days: today.dayOfWeek - 1 }).add({ weeks })
}

/** The eight parts of the form, left once and found again, checked and sent. */
async function asks(phone: Window, language: 'en' | 'ru'): Promise<string> {
  await phone.go(`/${language}/state`)
  await phone.look()
  await phone.follow(/\/state\/requests\/new$/)
  await phone.look()
  await phone.press('/requests/new')
  const code = /REQ-\d+-\d+/.exec(phone.path)![0]
  await part(phone, 'problem', {
    'about-title': TITLE[language],
    'about-problem': SAID[language]!.problem,
    'about-change': 'The same questions. Одинаковые вопросы.',
  })
  await part(
    phone,
    'audience',
    { 'about-people': '20', 'about-agencies': 'Border service', 'about-level': 'some' },
    'later',
  )
  expect(phone.path, 'kept for another day').to.equal(`/${language}/state/requests/${code}`)
  await phone.look()
  await phone.go(`/${language}/state`)
  await phone.follow(new RegExp(`/state/requests/${code}$`))
  await phone.follow(/\/edit\/tasks$/)
  const task = { 'about-tasks-1-task': 'Lead a first interview', 'about-tasks-1-required': '3' }
  await part(phone, 'tasks', { ...task, 'about-tasks-1-present': '1' })
  await part(phone, 'causes', { 'about-causes': 'procedure' })
  await phone.page.locator('details', { hasText: 'RMC-01' }).first().locator('summary').click()
  await part(phone, 'topics', { 'about-lessons': 'RMC-01-L1', 'about-topics': 'Interviewing' })
  const dates = Object.fromEntries([16, 18, 20].map((weeks, n) => [`about-dates-${n + 1}`, String(monday(weeks))]))
  await part(phone, 'dates', { ...dates, 'about-days': '2', 'about-format': 'on_site' })
  await part(phone, 'languages', { 'about-languages': 'ru' })
  await part(phone, 'costs', { 'about-costs-own': 'The hall' })
  expect(phone.path, await phone.text()).to.equal(`/${language}/state/requests/${code}/check`)
  expect((await read(phone))('td.number').last().text(), 'the gap is computed').to.equal('2')
  await phone.look()
  await phone.press('/submission')
  await phone.look()
  return code
}

async function part(phone: Window, name: string, fields: Record<string, string>, act = 'next') {
  await phone.fill(fields)
  await phone.look()
  await phone.press(`/edit/${name}`, act)
}

async function writes(window: Window, action: string, body: string) {
  await window.fill({ body })
  await window.press(action)
  expect(await window.text()).to.contain(body)
}

/** The one proposes, the Center carries it out with the letter as a file. */
async function handsOver(leaving: Window, center: Window, language: string, next: Someone) {
  await leaving.go(`/${language}/state/focal-points`)
  await leaving.fill({ email: next.email })
  await leaving.look()
  await leaving.press('/focal-points/handover')
  await leaving.look()
  await center.go(`/${language}/manage/focal-points`)
  await center.look()
  await center.follow(/\/focal-points\/KG\/\d+\/handover$/)
  expect((await read(center))('#email').attr('value'), 'what was proposed is typed already').to.equal(next.email)
  await center.page
    .locator('#files')
    .setInputFiles({ name: 'Письмо.pdf', mimeType: 'application/pdf', buffer: file.pdf() })
  await center.look()
  await center.press('/handover')
  expect(center.page.url()).to.contain('done=mandate-handed-over')
}

/** Every old address is to the one who left as if it had never been. */
async function findsNothing(leaving: Window, language: string, code: string) {
  const get = (path: string) => leaving.context.request.get(path, { maxRedirects: 0 })
  const missing = blanked(await (await get(`/${language}/state/requests/REQ-2001-999`)).text(), 'REQ-2001-999')
  for (const path of [
    `state/requests/${code}`,
    `state/requests/${code}/edit/problem`,
    `state/requests/${code}/offers/1`,
  ]) {
    const answer = await get(`/${language}/${path}`)
    expect(answer.status(), path).to.equal(404)
    if (path.endsWith(code)) expect(blanked(await answer.text(), code), path).to.equal(missing)
  }
  for (const path of ['state', 'state/people', 'state/requests', 'state/focal-points', `requests/${code}.pdf`])
    expect((await get(`/${language}/${path}`)).status(), path).to.equal(404)
}

const blanked = (html: string, code: string) =>
  html
    .replaceAll(code, 'CODE')
    .replace(/name="_csrf" value="[^"]*"/g, '')
    .replace(/subject=[0-9a-f]+|<code[^>]*>[0-9a-f]+/g, '')

/** The offer, filled in as far as the request says it: lessons are picked, a trainer is named, two days are outlined. */
async function offers(center: Window, language: string, code: string) {
  await center.go(`/${language}/manage/requests/${code}`)
  await center.follow(/\/offers\/new$/)
  const $ = await read(center)
  expect($('input[name=lessons][value="RMC-01-L1"][checked]').length, 'the wished lesson is picked').to.equal(1)
  expect($('[name=startsOn]').attr('value')).to.equal(String(monday(16)))
  await center.page.locator('input[name=lessons][value="RMC-01-L2"]').check()
  await center.page.getByLabel('Rustam Karimov').check()
  await center.fill({
    ...{ titleEn: TITLE.en, titleRu: TITLE.ru, aimEn: 'The same questions', aimRu: 'Одинаковые вопросы' },
    ...{ audienceEn: 'Border officers', audienceRu: 'Сотрудники пограничной службы', hours: '6', seats: '20' },
    ...{ placeEn: 'Bishkek', placeRu: 'Бишкек', centerEn: 'Trainers', centerRu: 'Тренеры', stateEn: 'The hall' },
    ...{ stateRu: 'Зал', ...line(1, 1, '09:30', '11:00', 'Opening', 'Открытие') },
    ...line(2, 2, '14:00', '15:30', 'Practice', 'Практика'),
  })
  await center.look()
  await center.press('/offers/new')
  await center.look()
  expect(await center.text()).to.contain('Rustam Karimov')
  await center.press('/offers/1/sending')
}

const line = (n: number, day: number, from: string, to: string, en: string, ru: string) => ({
  [`line-${n}-day`]: String(day),
  [`line-${n}-from`]: from,
  [`line-${n}-to`]: to,
  [`line-${n}-en`]: en,
  [`line-${n}-ru`]: ru,
})

/** Both sides read the same offer. */
async function readsOffer(state: Window, center: Window, language: string, code: string, number: number) {
  await state.go(`/${language}/state/requests/${code}/offers/${number}`)
  await state.look()
  await center.go(`/${language}/manage/requests/${code}/offers/${number}`)
  const [theirs, ours] = [offerIn(await read(state)), offerIn(await read(center))]
  expect(theirs, 'the offer').to.deep.equal(ours)
  return theirs
}

const offerIn = ($: CheerioAPI) => texts($, '.summary dt, .summary dd, main h2, main h3, main li')

/** A second version with one more session; the first no longer stands. */
async function offersAgain(center: Window, language: string, code: string) {
  await center.follow(/\/offers\/new$/)
  await center.fill({ seats: '24', ...line(3, 2, '16:00', '17:30', 'With an interpreter', 'С переводчиком') })
  await center.press('/offers/new')
  await center.press('/offers/2/sending')
  await center.go(`/${language}/manage/requests/${code}`)
  await center.look()
}

async function agreesToTheSecond(state: Window, center: Window, language: string, code: string) {
  await readsOffer(state, center, language, code, 1)
  expect(await state.page.locator('main form').count(), 'nobody agrees to the first any more').to.equal(0)
  await state.go(`/${language}/state/requests/${code}`)
  await state.follow(/\/offers\/2$/)
  await state.press('/offers/2/agreement')
  await agree(state, center, language, code)
  await center.follow(/\/offers\/2$/)
  await center.look()
  await center.press('/offers/2/agreement')
}

/** The paper of each side is the same and says what the page says, in both languages. */
async function papersAgree(state: Window, center: Window, language: string, code: string) {
  const said = await readsOffer(state, center, language, code, 2)
  for (const paper of [`requests/${code}.pdf`, `requests/${code}/agreement.pdf`]) {
    const [theirs, ours] = [
      await paperOf(state, `/${language}/${paper}`),
      await paperOf(center, `/${language}/${paper}`),
    ]
    expect(theirs, paper).to.equal(ours)
    for (const words of [TITLE[language as 'en'], code]) expect(theirs, paper).to.contain(words)
  }
  const agreement = await paperOf(state, `/${language}/requests/${code}/agreement.pdf`)
  for (const words of [
    TITLE.en,
    TITLE.ru,
    'Opening',
    'Открытие',
    'С переводчиком',
    'Rustam Karimov',
    'Cholpon Usenova',
  ])
    expect(agreement).to.contain(words)
  expect(agreement).to.contain('Leyla Mammadova').and.not.contain('Nurbek Asanov')
  for (const words of said.filter(each => /\d\d:\d\d/.test(each))) expect(agreement).to.contain(words)
}

async function paperOf(window: Window, path: string): Promise<string> {
  const answer = await window.context.request.get(path)
  expect(answer.headers()['content-type'], path).to.equal('application/pdf')
  return wordsOf(await answer.body())
}

async function becomesATraining(center: Window, language: string, code: string): Promise<string> {
  await center.go(`/${language}/manage/requests/${code}`)
  await center.follow(/\/training$/)
  await center.look()
  await center.press('/training')
  expect(center.page.url(), await center.text()).to.contain('done=request-fulfilled')
  await center.look()
  const training = center.path.split('/').at(-1)!
  expect(await center.text())
    .to.contain(TITLE[language as 'en'])
    .and.match(/Rustam Karimov|Рустам Каримов/)
  return training
}

/** Published and announced, the sessions stand at the times both agreed to. */
async function isScheduled(state: Window, center: Window, language: string, code: string, training: string) {
  await center.go(`/${language}/manage/trainings/${training}`)
  await center.follow(/\/publication$/)
  await center.look()
  await center.press('/publication')
  expect(center.page.url(), await center.text()).to.contain('done=training-published')
  await center.go(`/${language}/manage/trainings/${training}/agenda`)
  await center.look()
  if (await center.page.locator('main a[href$="/announcement"]').count()) {
    await center.follow(/\/announcement$/)
    await center.press('/announcement')
  }
  await state.go(`/${language}/state/requests/${code}`)
  await state.follow(new RegExp(`/trainings/${training}$`))
  await state.look()
  await state.go(`/${language}/trainings/${training}/agenda`)
  await state.look()
  const $ = await read(state)
  const at = $('tr.agenda-session time')
    .toArray()
    .map(each => String(Temporal.Instant.from($(each).attr('datetime')!)))
  const agreed = [
    [0, '09:30'],
    [1, '14:00'],
    [1, '16:00'],
  ] as const
  expect(at).to.deep.equal(
    agreed.map(([days, time]) =>
      String(monday(16).add({ days }).toZonedDateTime({ timeZone: 'Asia/Bishkek', plainTime: time }).toInstant()),
    ),
  )
}

/** Each side's page of the request says the same: where it stands, how it went, what was written, asked and offered. */
async function agree(state: Window, center: Window, language: string, code: string) {
  await worked()
  await state.go(`/${language}/state/requests/${code}`)
  await state.look()
  await center.go(`/${language}/manage/requests/${code}`)
  await center.look()
  const [theirs, ours] = [seen(await read(state)), seen(await read(center))]
  expect(theirs, 'both pages').to.deep.equal(ours)
  expect(theirs.tag, 'where it stands').to.have.length(1)
}

const seen = ($: CheerioAPI) => ({
  tag: texts($, '.lead .tag'),
  path: texts($, '.path li'),
  // Without the times: each side reads them in its own zone.
  thread: texts($, '.entries li strong, .entries li bdi, .entries li p[dir]'),
  answers: texts($, '.summary dt, .summary dd, table td, table th'),
  offers: texts($, 'main li:has(a[href*="/offers/"])'),
})

const texts = ($: CheerioAPI, selector: string) =>
  $(selector)
    .toArray()
    .map(each => $(each).text().replace(/\s+/g, ' ').trim())

const read = async (window: Window): Promise<CheerioAPI> => load(await window.page.content())

/** The last mail of this news to somebody is in their language, and says all of this. */
async function mailed(address: string, news: string, words: string[]) {
  await worked()
  const mail = await one<{ text: string; fits: boolean }>(
    null,
    `select m.subject || E'\\n' || m.body_text as text, m.locale = p.locale as fits from mails m join people p on p.id = m.person_id
     where m.address = $1 and m.data ->> 'news' = $2 order by m.id desc limit 1`,
    [address, news],
  )
  expect(mail, `a mail ${news} to ${address}`).to.not.equal(undefined)
  expect(mail!.fits, 'in the language of who reads it').to.equal(true)
  for (const each of words) expect(mail!.text).to.include(each)
}

/** Waits until the worker has nothing due. */
async function worked() {
  for (let tries = 0; tries < 300; tries++) {
    const due = await one(null, `select 1 as due from jobs where run_at <= now() limit 1`)
    if (!due) return
    await new Promise(resolve => setTimeout(resolve, 100))
  }
  throw new Error('the work does not end')
}
