import { expect } from 'chai'
import { inTransaction, one, sql } from '../lib/db.ts'
import { networkOf } from '../lib/networks.ts'
import { newCertificateCode } from '../models/certificate-codes.ts'
import { certify } from '../models/certifying.ts'
import { set } from '../models/settings.ts'
import { standAt, theHouse } from './support/app.ts'
import { aCourse } from './support/courses.ts'
import { confirmedNames, finished } from './support/finishing.ts'
import { anEnrollment, aTraining } from './support/trainings.ts'
import { aPerson, asActor, cast } from './support/people.ts'
import { guest, type Reader } from './support/reader.ts'

const BOTH = (text: string) => ({ en: text, ru: text })

describe('verifications', () => {
  it('a valid number shows exactly what the paper says, in both languages, and nothing else', async () => {
    standAt('2026-11-24T08:00:00Z')
    const code = await aCertificate()
    const page = await guest().get(`/verify/${code}`)
    expect(page.status).to.equal(200)
    const shown = page.$('.certificate')
    expect(
      shown
        .find('p')
        .toArray()
        .map(part => page.$(part).text()),
    ).to.deep.equal(['Aigerim Sadykova', 'Айгерим Садыкова', code])
    expect(columns(page.$)).to.deep.equal([
      ['en', 'Foundations of Human Mobility', 'Kind', 'Certificate of achievement', 'Hours', '8 academic hours'].concat(
        ['Dates', '24 November 2026', 'Issued on', '24 November 2026'],
      ),
      ['ru', 'Основы мобильности населения', 'Вид', 'Сертификат об успешном завершении', 'Объём'].concat([
        '8 академических часов',
        'Даты',
        '24 ноября 2026 года',
        'Дата выдачи',
        '24 ноября 2026 года',
      ]),
    ])
    expect(page.$('[role=status]').text().replace(/\s+/g, ' ').trim()).to.equal(
      'Valid Действителен This certificate was issued by the Regional Training Center on Migration and is valid. ' +
        'Сертификат выдан Региональным учебным центром по миграции и действителен.',
    )
    // What is known beside that, and is nobody's business.
    for (const secret of ['Kazakhstan', 'Казахстан', 'KZ', 'A ministry', '86.5', 'learner@', 'Leyla', 'RMC-01-T'])
      expect(page.html, secret).to.not.include(secret)
    expect(page.headers['x-robots-tag']).to.include('noindex')
    expect(page.headers['cache-control']).to.include('no-store')
    expect(page.headers['set-cookie'], 'a look needs no cookie').to.equal(undefined)
  })

  it('is one page for both languages, whatever the browser asks for, and leads to the platform in either', async () => {
    for (const [accept, lang] of [
      ['ru', 'ru'],
      ['en', 'en'],
      ['ka', 'en'],
    ]) {
      const page = await guest().get('/verify', { 'Accept-Language': accept! })
      expect(page.$('html').attr('lang')).to.equal(lang)
      expect(page.$('h1').text()).to.include('Certificate check').and.include('Проверка сертификата')
      expect(page.$('h1 [lang=en]').length).to.equal(1)
      expect(page.$('h1 [lang=ru]').length).to.equal(1)
      const links = page.$('.languages a').toArray()
      expect(links.map(link => page.$(link).attr('href'))).to.deep.equal(['/en/', '/ru/'])
      expect(page.$('link[rel=alternate]').length).to.equal(0)
    }
  })

  it('a number typed in any way is understood', async () => {
    const code = await aCertificate()
    const bare = code.slice(5).replaceAll('-', '')
    const cyrillic = code.replaceAll('H', 'Н').replaceAll('K', 'К').replaceAll('M', 'М').replaceAll('T', 'Т')
    for (const typed of [code.toLowerCase(), bare, ` ${code.replaceAll('-', ' ')} `, cyrillic.replaceAll('X', 'Х')]) {
      const page = await guest().get(`/verify?code=${encodeURIComponent(typed)}`)
      expect(page.location, typed).to.equal(`/verify/${code}`)
      expect((await guest().open(`/verify/${encodeURIComponent(typed.trim())}`)).text).to.include('Aigerim Sadykova')
    }
  })

  it('a typing slip is told as one, and what was typed stays in the field', async () => {
    const code = await aCertificate()
    const last = code.at(-1) === '2' ? '3' : '2'
    const page = await guest().get(`/verify?code=${code.slice(0, -1)}${last}`)
    expect(page.status).to.equal(422)
    expect(page.text).to.include('at least one character is wrong').and.include('по крайней мере один знак неверен')
    expect(page.$('#code').val()).to.equal(code.slice(0, -1) + last)
    expect((await guest().get('/verify/%F0%9F%98%80')).status).to.equal(404)
    expect((await guest().get(`/verify?code=${'9'.repeat(5000)}`)).status).to.equal(422)
    expect((await guest().get('/verify/%E0%A4%A')).status).to.equal(404)
  })

  it('a number nobody has says so, in both languages', async () => {
    const page = await guest().get(`/verify/${newCertificateCode()}`)
    expect(page.status).to.equal(404)
    expect(page.text).to.include('has not issued a certificate with this number').and.include('не выдавал')
    expect(page.$('.certificate').length).to.equal(0)
  })

  it('guessing is slowed by network, with the time to come back', async () => {
    const reader = guest()
    for (let i = 0; i < 60; i++) expect((await reader.get(`/verify/${newCertificateCode()}`)).status).to.equal(404)
    const slowed = await reader.get(`/verify/${newCertificateCode()}`)
    expect(slowed.status).to.equal(429)
    expect(Number(slowed.headers['retry-after'])).to.be.greaterThan(0)
    expect((await reader.get('/verify')).status, 'the field itself is always there').to.equal(200)
  })

  it('a network is an IPv4 address, or the first half of an IPv6 one', () => {
    expect(networkOf('192.0.2.7')).to.equal('192.0.2.7')
    expect(networkOf('::ffff:192.0.2.7')).to.equal('192.0.2.7')
    expect(networkOf('2001:db8:1:2:3:4:5:6')).to.equal('2001:db8:1:2::/64')
    expect(networkOf('2001:db8:1:2::9')).to.equal('2001:db8:1:2::/64')
    expect(networkOf('2001:0DB8:1:2:ffff::')).to.equal('2001:db8:1:2::/64')
    expect(networkOf('::1')).to.equal('0:0:0:0::/64')
    expect(networkOf('fe80::1%eth0')).to.equal('fe80:0:0:0::/64')
  })

  describe('after erasure', () => {
    it('the name is asked for and compared, and stands on no page', async () => {
      const code = await erased(await aCertificate())
      const reader = guest()
      let page = await reader.get(`/verify/${code}`)
      expect(page.html).to.not.include('Aigerim').and.not.include('Айгерим')
      expect(page.text).to.include('Foundations of Human Mobility').and.include('no longer keeps the name')
      page = await reader.submit(`/verify/${code}`, { name: '  aigerim   SADYKOVA ' })
      expect(page.text).to.include('is the one this certificate was issued to').and.include('выдан на это имя')
      page = await reader.submit(`/verify/${code}`, { name: 'Someone Else' })
      expect(page.text).to.include('not the name this certificate').and.include('на другое имя')
      page = await reader.submit(`/verify/${code}`, { name: '' })
      expect(page.status).to.equal(422)
      expect(page.text).to.include('Type the name that stands on the paper')
    })

    it('names are not tried without end', async () => {
      const code = await erased(await aCertificate())
      const reader = guest()
      await reader.get(`/verify/${code}`)
      let last = await reader.submit(`/verify/${code}`, { name: 'Name 0' })
      for (let i = 1; i <= 10; i++) last = await reader.post(`/verify/${code}`, { name: `Name ${i}` })
      expect(last.status).to.equal(429)
    })

    it('a stale token asks again with the name kept', async () => {
      const code = await erased(await aCertificate())
      const reader = guest()
      await reader.get(`/verify/${code}`)
      const page = await reader.submit(`/verify/${code}`, { name: 'Aigerim Sadykova', _csrf: 'long-gone' })
      expect(page.status).to.equal(422)
      expect(page.$('#name').val()).to.equal('Aigerim Sadykova')
      expect((await again(reader, code)).text).to.include('issued to')
    })

    it('the hash tells nothing about another certificate of the same name', async () => {
      const learner = await cast.learner()
      const [one, two] = [await aCertificate(learner), await aCertificate(learner, 'RMC-02')]
      const rows = await sql<{ hash: string }>(null, 'select name_hash as hash from certificate_holders')
      expect(one).to.not.equal(two)
      expect(new Set(rows.map(({ hash }) => hash)).size).to.equal(2)
    })
  })
})

const again = (reader: Reader, code: string) => reader.submit(`/verify/${code}`)

function columns($: ReturnType<typeof import('cheerio').load>) {
  return $('.certificate section')
    .toArray()
    .map(section => [
      $(section).attr('lang')!,
      ...$(section)
        .find('h2, p, dt, dd')
        .toArray()
        .map(part => $(part).text()),
    ])
}

async function aCertificate(person?: Awaited<ReturnType<typeof aPerson>>, course = 'RMC-01'): Promise<string> {
  const learner = person ?? (await cast.learner())
  const signatory = { name: BOTH('Leyla Mammadova'), post: BOTH('Director') }
  await inTransaction(() => set({ id: null }, 'signatories', [signatory]))
  const title = { en: 'Foundations of Human Mobility', ru: 'Основы мобильности населения' }
  const training = await aTraining(await aCourse({ code: course, title }))
  const enrollment = await finished(await anEnrollment(training, learner), { percent: 86.5 })
  await confirmedNames(enrollment, { cyrillic: 'Айгерим Садыкова' })
  const coordinator = await aPerson({ grants: [{ role: 'coordinator' }] })
  const outcome = await certify(await asActor(coordinator), enrollment.id, theHouse().config.dataKey)
  if (!outcome.ok) throw new Error(outcome.reason)
  return outcome.code
}

/** What erasing a person does to the holder of a certificate. */
async function erased(code: string): Promise<string> {
  const row = await one(
    null,
    `update certificate_holders set name_latin = null, name_cyrillic = null, name_own = null, name_own_script = null
     where certificate_id = (select id from certificates where code = $1) returning certificate_id`,
    [code],
  )
  expect(row).to.not.equal(undefined)
  return code
}
