import { Buffer } from 'node:buffer'
import { expect } from 'chai'
import { one, sql } from '../lib/db.ts'
import { refreshContact } from '../models/settings.ts'
import './support/app.ts'
import { checkPage } from './support/pages.ts'
import { cast } from './support/people.ts'
import { type Reader, signedIn } from './support/reader.ts'

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAIAAACQkWg2AAAAFklEQVR4nGPg9goiCTGMahjVMHw1AACDAacBzqOhOwAAAABJRU5ErkJggg==',
  'base64',
)
const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20" onload="x()"><script>x()</script><path style="fill:#0b4a52" d="M0 0h40v20H0z"/></svg>'
const FIRST = {
  first_name_en: 'Leyla Mammadova',
  first_name_ru: 'Лейла Мамедова',
  first_post_en: 'Director',
  first_post_ru: 'Директор',
}

describe('settings', function () {
  // The first sheet waits for the typesetter to start.
  this.timeout(60_000)

  afterEach(async () => {
    await sql(null, 'delete from settings')
    await refreshContact()
  })

  it('one or two people sign certificates, and who changed it is written down', async () => {
    const reader = await desk()
    await reader.open('/en/manage/settings/signatories')
    let page = await reader.submit('/signatories', FIRST)
    page = await reader.follow(page)
    expect(page.text)
      .to.include('Saved')
      .and.include('Leyla Mammadova, Director')
      .and.include('Лейла Мамедова, Директор')
    await reader.open('/en/manage/settings/signatories')
    page = await reader.submit('/signatories', { second_name_en: 'Daniyar Omarov' })
    expect(page.status).to.equal(422)
    expect(page.$('#second_post_ru-error').text()).to.include('Enter the post in Russian')
    expect(page.$('#second_name_en').val()).to.equal('Daniyar Omarov')
    expect(page.$('#first_name_en').val()).to.equal('Leyla Mammadova')
    page = await reader.submit('/signatories', {
      second_name_ru: 'Данияр Омаров',
      second_post_en: 'Head of Training',
      second_post_ru: 'Руководитель обучения',
    })
    expect((await reader.follow(page)).text).to.include('Daniyar Omarov, Head of Training')
    const audit = await one<{ n: number }>(
      null,
      `select count(*)::int as n from audit_entries where action = 'setting.changed' and record_id = 'signatories'`,
    )
    expect(audit!.n).to.equal(2)
  })

  it('a signatory whose name has a letter no font has is refused beside it', async () => {
    const reader = await desk()
    await reader.open('/en/manage/settings/signatories')
    const page = await reader.submit('/signatories', { ...FIRST, first_name_en: 'Li 安' })
    expect(page.status).to.equal(422)
    expect(page.$('#first_name_en-error').text()).to.include('安')
  })

  it('the address people write to stands on every page at once', async () => {
    const reader = await desk()
    await reader.open('/ru/manage/settings/contact')
    let page = await reader.submit('/contact', { email: 'nobody' })
    expect(page.$('#email-error').text()).to.include('info@example.org')
    page = await reader.submit('/contact', { email: 'help@rtcm.example' })
    page = await reader.follow(page)
    expect(page.text).to.include('help@rtcm.example')
    expect(page.$('footer a[href^="mailto:"]').attr('href')).to.equal('mailto:help@rtcm.example')
  })

  it('a logo is told by its content, cleaned, shown and taken off again', async () => {
    const reader = await desk()
    let page = await upload(reader, 'logo.png', Buffer.from(SVG), 'image/png')
    expect(page.status, page.text).to.equal(303)
    page = await upload(reader, 'photo', PNG, 'text/plain')
    expect(page.status, page.text).to.equal(303)
    const shown = await reader.open('/en/manage/settings/logos')
    const pictures = shown
      .$('img.logo')
      .toArray()
      .map(each => shown.$(each).attr('src')!)
    expect(pictures).to.have.length(2)
    const [svg, png] = [await reader.get(pictures[0]!), await reader.get(pictures[1]!)]
    expect(svg.headers['content-type']).to.include('image/svg+xml')
    expect(svg.headers['content-security-policy']).to.include('sandbox')
    expect(svg.html).to.include('fill="#0b4a52"')
    expect(svg.html).to.not.match(/script|onload|style/)
    expect(png.html).to.include('data:image/png;base64,').and.include('viewBox="0 0 16 16"')
    await reader.open('/en/manage/settings/logos')
    await reader.submit('/removal')
    expect((await reader.open('/en/manage/settings/logos')).$('img.logo').length).to.equal(1)
  })

  it('a picture that cannot be used is told why, and what was typed is kept', async () => {
    const reader = await desk()
    for (const [bytes, words] of [
      [Buffer.from('<svg><style>.a{}</style><path d="M0 0"/></svg>'), 'contains “style”'],
      [
        Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>'.replace('<path', '<p')),
        'contains “p”',
      ],
      [Buffer.from('GIF89a not a picture'), 'must be SVG, PNG or JPEG'],
      [Buffer.from('%PDF-1.7 not a picture'), 'must be SVG, PNG or JPEG'],
      [PNG.subarray(0, 30), 'cannot be read'],
      [Buffer.alloc(1024 * 1024 + 1, SVG), 'larger than 1 MB'],
      [Buffer.alloc(0), 'Choose a picture'],
    ] as const) {
      const page = await upload(reader, 'logo.svg', bytes, 'image/svg+xml')
      expect(page.status, words).to.equal(422)
      const $ = checkPage(page.text, words)
      expect($('#logo-error').text(), words).to.include(words)
      expect($('#name').val()).to.equal('The Center')
    }
    const stale = await upload(reader, 'logo.svg', Buffer.from(SVG), 'image/svg+xml', 'long-gone')
    expect(stale.status).to.equal(422)
    expect(checkPage(stale.text, 'stale')('#name').val()).to.equal('The Center')
    expect((await one<{ n: number }>(null, 'select count(*)::int as n from files'))!.n).to.equal(0)
  })

  it('there is room for four logos', async () => {
    const reader = await desk()
    for (let i = 0; i < 4; i++)
      expect((await upload(reader, 'a', Buffer.from(SVG), 'image/svg+xml')).status).to.equal(303)
    expect((await reader.open('/en/manage/settings/logos')).text).to.include('no more logos')
    expect((await upload(reader, 'a', Buffer.from(SVG), 'image/svg+xml')).status).to.equal(422)
  })

  it('settings are for staff only', async () => {
    const stranger = await signedIn(await cast.stranger())
    for (const path of ['', '/signatories', '/contact', '/logos', '/logos/1'])
      expect((await stranger.get(`/en/manage/settings${path}`)).status, path).to.equal(404)
    expect((await stranger.post('/en/manage/settings/signatories', FIRST)).status).to.equal(404)
    expect((await stranger.post('/en/manage/settings/logos/1/removal')).status).to.equal(404)
    expect((await (await signedIn(await cast.administrator())).get('/en/manage/settings')).status).to.equal(200)
  })
})

const desk = async () => signedIn(await cast.coordinator())

async function upload(reader: Reader, name: string, bytes: Buffer, type: string, token?: string) {
  return reader.agent
    .post('/en/manage/settings/logos')
    .set('Accept', 'text/html')
    .field('_csrf', token ?? (await tokenOf(reader)))
    .field('name', 'The Center')
    .attach('logo', bytes, { filename: name, contentType: type })
}

async function tokenOf(reader: Reader): Promise<string> {
  return (await reader.open('/en/manage/settings')).$('input[name=_csrf]').first().attr('value')!
}
