import { expect } from 'chai'
import { one, sql } from '../lib/db.ts'
import { forgetUnconfirmed } from '../models/registering.ts'
import { standAt } from './support/app.ts'
import { codeIn, countOf, lastMail, linkIn, mailsTo } from './support/mails.ts'
import { cast } from './support/people.ts'
import { guest, type Reader } from './support/reader.ts'

const EMAIL = 'gulnara@ministry.example'
const FORM = {
  email: EMAIL,
  password: 'seven-borders-one-road',
  nameLatin: 'Gulnara Usmonova',
  nameCyrillic: 'Гульнара Усмонова',
  nameOwn: '',
  nameOwnScript: '',
  country: 'UZ',
  organization: 'Migration Agency',
  agencyType: 'migration',
  sex: 'woman',
  locale: 'ru',
  zone: '',
  agree: 'yes',
}

async function register(changes: Partial<typeof FORM> = {}, lang = 'en', reader: Reader = guest()) {
  await reader.get(`/${lang}/register`)
  return { reader, answer: await reader.submit('/register', { ...FORM, ...changes }) }
}

describe('registrations', () => {
  it('a person registers, confirms by the button behind the link, and signs in', async () => {
    const { reader, answer } = await register()
    const next = await reader.follow(answer)
    expect(next.path).to.contain('/en/confirm')
    expect(next.$('#email').val()).to.equal(EMAIL)
    const mail = await lastMail(EMAIL, 'confirm-address')
    expect(mail.subject).to.equal('Подтвердите адрес электронной почты')
    const link = linkIn(mail, 'confirm')
    expect((await reader.get(link)).text).to.contain(EMAIL)
    const after = await reader.follow(await reader.submit(link.slice(3)))
    expect(after.path).to.contain('/ru/sign-in')
    expect(after.text).to.contain('Адрес подтверждён')
    expect((await reader.submit('/sign-in', { email: EMAIL, password: FORM.password })).status).to.equal(303)
    const person = await one<Record<string, unknown>>(null, 'select * from people')
    expect(person).to.include({
      name_latin: 'Gulnara Usmonova',
      name_cyrillic: 'Гульнара Усмонова',
      country: 'UZ',
      sex: 'woman',
      agency_type: 'migration',
      locale: 'ru',
      zone: 'Asia/Tashkent',
    })
    expect(await one(null, 'select purpose, wording_version from consents')).to.deep.equal({
      purpose: 'data_notice',
      wording_version: 1,
    })
  })

  it('who had to register first comes to where they wanted to go', async () => {
    const reader = guest()
    await reader.get('/en/sign-in?next=%2Fen%2Fme%2Flanguage')
    await reader.get(reader.last!.$('main a[href*="/register"]').attr('href')!)
    await reader.submit('/register', { ...FORM, locale: 'en' })
    const link = linkIn(await lastMail(EMAIL, 'confirm-address'), 'confirm')
    await reader.get(link)
    await reader.follow(await reader.submit(link.slice(3)))
    const answer = await reader.submit('/sign-in', { email: EMAIL, password: FORM.password })
    expect(answer.location).to.equal('/en/me/language')
  })

  it('before the address is confirmed nobody signs in', async () => {
    const { reader } = await register()
    await reader.get('/en/sign-in')
    expect((await reader.submit('/sign-in', { email: EMAIL, password: FORM.password })).status).to.equal(422)
  })

  it('a link never works by being opened, and works once', async () => {
    const { reader } = await register()
    const link = linkIn(await lastMail(EMAIL, 'confirm-address'), 'confirm')
    for (let i = 0; i < 5; i++) expect((await guest().get(link)).status).to.equal(200)
    expect(await one(null, 'select verified_at from accounts')).to.deep.equal({ verified_at: null })
    await reader.get(link)
    expect((await reader.submit(link.slice(3))).status).to.equal(303)
    const again = await reader.get(link)
    expect(again.status).to.equal(410)
    expect(again.text).to.contain('больше не действует')
    expect(again.$('a[href="/ru/confirm/again"]').length).to.equal(1)
    const late = await reader.post(link)
    expect(late.status).to.equal(422)
    expect(late.text).to.contain('больше не действует')
  })

  it('a link dies after a day, and a new mail is one page away', async () => {
    standAt('2026-12-01T08:00:00Z')
    const { reader } = await register()
    const link = linkIn(await lastMail(EMAIL, 'confirm-address'), 'confirm')
    standAt('2026-12-02T08:00:01Z')
    expect((await reader.get(link)).status).to.equal(410)
    await reader.get('/en/confirm/again')
    await reader.follow(await reader.submit('/confirm/again', { email: EMAIL }))
    const fresh = linkIn(await lastMail(EMAIL, 'confirm-address'), 'confirm')
    expect(fresh).to.not.equal(link)
    await reader.get(fresh)
    expect((await reader.submit(fresh.slice(3))).status).to.equal(303)
  })

  it('where links are blocked the code does the same, and dies after five wrong tries', async () => {
    const { reader } = await register()
    const code = codeIn(await lastMail(EMAIL, 'confirm-address'))
    const wrong = code === '123456' ? '654321' : '123456'
    await reader.get('/en/confirm')
    for (let i = 0; i < 4; i++) {
      const page = await reader.submit('/confirm', { email: EMAIL, code: wrong })
      expect(page.status).to.equal(422)
      expect(page.text).to.contain('does not fit')
    }
    expect(
      (await reader.submit('/confirm', { email: EMAIL, code: `${code.slice(0, 3)} ${code.slice(3)}` })).status,
    ).to.equal(303)
    const other = 'dilshod@ministry.example'
    const second = await register({ email: other })
    const right = codeIn(await lastMail(other, 'confirm-address'))
    await second.reader.get('/en/confirm')
    for (let i = 0; i < 5; i++)
      await second.reader.submit('/confirm', { email: other, code: right === '123456' ? '654321' : '123456' })
    expect((await second.reader.submit('/confirm', { email: other, code: right })).status).to.equal(422)
    const link = linkIn(await lastMail(other, 'confirm-address'), 'confirm')
    await second.reader.get(link)
    expect((await second.reader.submit(link.slice(3))).status, 'the link still works').to.equal(303)
  }).timeout(60_000)

  it('a known and an unknown address get the same answer; the owner learns it by mail', async () => {
    const known = await cast.learner()
    const answers = []
    for (const email of [known.email, EMAIL]) {
      const { reader, answer } = await register({ email })
      const page = await reader.follow(answer)
      answers.push({ status: answer.status, to: answer.location, text: page.text, email: page.$('#email').val() })
    }
    expect({ ...answers[0], email: '' }).to.deep.equal({ ...answers[1], email: '' })
    expect((await mailsTo(known.email)).map(mail => mail.kind)).to.deep.equal(['address-known'])
    expect(await one(null, 'select name_latin from people where id = $1', [known.id])).to.deep.equal({
      name_latin: known.name,
    })
  })

  it('a form sent twice makes one account and one mail', async () => {
    const { reader } = await register()
    await reader.get('/en/register')
    await reader.submit('/register', FORM)
    expect([await countOf('accounts'), await countOf('people')]).to.deep.equal([1, 1])
    expect((await mailsTo(EMAIL)).length).to.equal(1)
  })

  it('who registers the address of somebody else gives them neither a password nor a name', async () => {
    standAt('2026-12-01T08:00:00Z')
    await register({ nameLatin: 'Somebody Else', password: 'the-intruder-waits-here' })
    standAt('2026-12-01T08:05:00Z')
    const { reader } = await register()
    const link = linkIn(await lastMail(EMAIL, 'confirm-address'), 'confirm')
    await reader.get(link)
    await reader.follow(await reader.submit(link.slice(3)))
    expect((await reader.submit('/sign-in', { email: EMAIL, password: 'the-intruder-waits-here' })).status).to.equal(
      422,
    )
    expect((await reader.submit('/sign-in', { email: EMAIL, password: FORM.password })).status).to.equal(303)
    expect(await one(null, 'select name_latin from people')).to.deep.equal({ name_latin: 'Gulnara Usmonova' })
  })

  it('every mistake is told beside its field and in the summary, and what was typed is kept', async () => {
    const { answer } = await register({
      email: 'gulnara@minіstry.example',
      password: 'short',
      nameLatin: 'Gulnаra Usmonova',
      nameCyrillic: 'Гульнара Yсмонова',
      nameOwn: 'گلناره',
      country: 'international',
      organization: '',
      sex: '',
      agree: '',
    })
    expect(answer.status).to.equal(422)
    expect(answer.$('title').text()).to.match(/^Error: /)
    const fields = answer
      .$('.error-summary a')
      .toArray()
      .map(link => answer.$(link).attr('href'))
    expect(fields).to.deep.equal([
      ...[
        '#email',
        '#password',
        '#nameLatin',
        '#nameCyrillic',
        '#nameOwnScript',
        '#organization',
        '#sex',
        '#zone',
        '#agree',
      ],
    ])
    for (const field of fields) expect(answer.$(`${field}-error`).length, `a line beside ${field}`).to.equal(1)
    expect(answer.$('#nameLatin-error').text()).to.contain('“а”')
    expect(answer.$('#email-error').text()).to.contain('“і”')
    expect(answer.$('#nameLatin').val()).to.equal('Gulnаra Usmonova')
    expect(answer.$('#country option[selected]').attr('value')).to.equal('international')
    expect(answer.$('#password').attr('value')).to.equal(undefined)
    expect(await countOf('people')).to.equal(0)
  })

  it('an empty form asks for the country, and not for its time zone as well', async () => {
    const { answer } = await register({ country: '' })
    expect(answer.$('.error-summary a').length).to.equal(1)
    expect(answer.$('#country-error').length).to.equal(1)
  })

  it('an own name must be in the letters of its language', async () => {
    const wrong = await register({ nameOwn: 'Гулнара', nameOwnScript: 'fa' })
    expect(wrong.answer.$('#nameOwn-error').text()).to.contain('“Г”')
    const { answer } = await register({ nameOwn: 'گلناره عثمان‌اوا', nameOwnScript: 'fa' })
    expect(answer.status).to.equal(303)
  })

  it('common passwords, and those made of the name or address, are refused; long ones may be anything', async () => {
    const refused = [
      'Password2026!',
      'qwertyuiop123',
      '123456789012',
      'aaaaaaaaaaaaa',
      'almaty-process',
      'парольпароль',
    ]
    for (const password of [...refused, 'gulnara@ministry.example', 'Usmonova2026!'])
      expect((await register({ password })).answer.$('#password-error').length, password).to.equal(1)
    for (const password of ['тихая река у старого моста', `${'ё ж '.repeat(30)}конец`])
      expect((await register({ password, email: `a${password.length}@b.example` })).answer.status, password).to.equal(
        303,
      )
  }).timeout(60_000)

  it('odd posts are a wrong form, never a fault', async () => {
    const { reader } = await register({ email: 'x' })
    for (const changes of [
      { nameLatin: 'A\0B' },
      { organization: 'A\0B' },
      { email: 'a\0b@c.example' },
      { zone: 'Mars/Olympus' },
      { country: 'ZZ' },
      { locale: 'xx' },
      { sex: 'yes' },
      { nameLatin: 'x'.repeat(5000) },
    ])
      expect((await reader.submit('/register', { ...FORM, ...changes })).status).to.equal(422)
    expect((await reader.post('/en/register', { email: ['a@b.example', 'c@d.example'] })).status).to.equal(422)
    expect((await reader.get('/en/confirm/short')).status).to.equal(404)
    expect((await reader.get(`/en/confirm/${'a'.repeat(32)}`)).status).to.equal(410)
  })

  it('links are kept as hashes, codes under a key', async () => {
    await register()
    const mail = await lastMail(EMAIL, 'confirm-address')
    const kept = JSON.stringify(await sql(null, 'select token_hash, code_hash, registration from one_time_tokens'))
    expect(kept).to.not.contain(linkIn(mail, 'confirm').split('/').pop())
    expect(kept).to.not.contain(codeIn(mail))
    expect(kept).to.not.contain(FORM.password)
  })

  it('a registration that nobody confirms is forgotten after a week', async () => {
    standAt('2026-12-01T08:00:00Z')
    await register()
    await cast.learner()
    standAt('2026-12-07T08:00:00Z')
    expect(await forgetUnconfirmed()).to.equal(0)
    standAt('2026-12-08T08:00:01Z')
    expect(await forgetUnconfirmed()).to.equal(1)
    expect([await countOf('people'), await countOf('accounts'), await countOf('mails')]).to.deep.equal([1, 1, 0])
  })

  it('the form speaks Russian, with the ten States first by the names of the Declaration', async () => {
    const page = await guest().get('/ru/register')
    const countries = page
      .$('#country option')
      .toArray()
      .map(option => page.$(option).text())
    expect(countries.slice(1, 4)).to.deep.equal([
      'Азербайджанская Республика',
      'Республика Казахстан',
      'Кыргызская Республика',
    ])
    expect(countries).to.include('Германия')
    expect(page.$('.hint').length).to.be.greaterThan(8)
  })

  it('the eleventh registration of one address within an hour has to wait', async () => {
    const reader = guest()
    await reader.get('/en/register')
    for (let i = 0; i < 10; i++) {
      expect((await reader.submit('/register', FORM)).status).to.equal(303)
      await reader.get('/en/register')
    }
    const page = await reader.submit('/register', FORM)
    expect(page.status).to.equal(422)
    expect(page.headers['retry-after']).to.match(/^\d+$/)
    expect(page.$('#nameLatin').val()).to.equal('Gulnara Usmonova')
  }).timeout(60_000)
})
