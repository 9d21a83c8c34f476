import { expect } from 'chai'
import { inTransaction, one, sql } from '../lib/db.ts'
import { fits, placeholdersOf } from '../models/mail-texts.ts'
import { notify, recipient } from '../models/notifying.ts'
import { runJobs, theHouse } from './support/app.ts'
import { letterName, letterOf, textsByBase } from '../routes/present/mail-texts.ts'
import { cast, type Someone } from './support/people.ts'
import { type Reader, signedIn } from './support/reader.ts'

describe('texts of mails', () => {
  let coordinator: Someone
  let learner: Someone
  let reader: Reader

  beforeEach(async () => {
    coordinator = await cast.coordinator()
    learner = await cast.learner()
    reader = await signedIn(coordinator)
  })

  /** The subject of the next mail about an address, in a language. */
  async function subject(locale: 'en' | 'ru', event: string): Promise<string> {
    const to = { ...(await recipient(learner.id))!, locale }
    await inTransaction(() => notify(to, 'confirm-address', event, { link: '/x', code: '123456' }))
    await runJobs()
    return (await one<{ subject: string }>(null, 'select subject from mails where event_key = $1', [event]))!.subject
  }

  const page = '/en/manage/mail-texts/confirmAddress.subject'

  it('every text of every mail is there, by mail, in both languages', async () => {
    const all = textsByBase(theHouse().texts)
    expect(all.size).to.be.greaterThan(40)
    for (const [base, forms] of all)
      expect(new Set(forms.map(form => form.language)), base).to.deep.equal(new Set(['en', 'ru']))
    const translator = theHouse().texts.translator('ru')
    const letters = new Set([...all.keys()].map(letterOf))
    for (const letter of letters) expect(letterName(letter, translator), letter).to.match(/^[А-Я][а-яё ,.-]+$/i)
    const list = await reader.get('/ru/manage/mail-texts')
    expect(list.text).to.contain('Выберите письмо')
    // What is to be chosen from lies open, also on a phone.
    expect(list.$('details.filters').attr('open')).to.equal('open')
    const letter = await reader.get('/ru/manage/mail-texts?letter=confirmAddress')
    expect(letter.text).to.contain('Подтвердите адрес электронной почты').and.contain('Confirm your email address')
    expect(letter.$('details.filters').attr('open')).to.equal(undefined)
  })

  it('a new wording is in the next mail of its language, and the way back is one button', async () => {
    expect(await subject('en', 'one')).to.equal('Confirm your email address')
    await reader.get(page)
    await reader.follow(await reader.submit('/confirmAddress.subject', { en: 'Is this you?', act: 'save' }))
    expect(reader.last!.text).to.contain('The text is saved').and.contain('In the file: Confirm your email address')
    expect(await subject('en', 'two')).to.equal('Is this you?')
    expect(await subject('ru', 'three')).to.equal('Подтвердите адрес электронной почты')
    expect((await reader.get('/en/manage/mail-texts?only=edited')).text).to.contain('Is this you?')
    await reader.get(page)
    await reader.follow(await reader.submit('/default'))
    expect(await subject('en', 'four')).to.equal('Confirm your email address')
    expect(reader.last!.$('tbody tr').length).to.equal(2)
    expect(reader.last!.text).to.contain('Leyla Mammadova').and.contain('Back to the text of the file')
    const audit = await sql<{ action: string }>(
      null,
      `select action from audit_entries where record_kind = 'mail_text' order by id`,
    )
    expect(audit.map(each => each.action)).to.deep.equal(['mail-text.changed', 'mail-text.reset'])
  })

  it('a preview shows both languages filled in, and saves nothing', async () => {
    await reader.get('/en/manage/mail-texts/agenda.one.moved')
    const seen = await reader.submit('/agenda.one.moved', { en: '{{session}}, now on {{time}}', act: 'preview' })
    expect(seen.status).to.equal(200)
    expect(seen.text).to.contain('Terms, now on 2 March 2027 at 11:00 (Baku)').and.contain('Перенос на 2 марта 2027')
    expect(seen.$('textarea[name=en]').val()).to.equal('{{session}}, now on {{time}}')
    expect(await sql(null, 'select 1 from mail_texts')).to.deep.equal([])
    await reader.follow(await reader.submit('/agenda.one.moved', { act: 'save' }))
    expect(await sql(null, 'select 1 from mail_texts')).to.have.length(1)
  })

  it('places that are filled in stay: none is missing, none is foreign, none is broken', async () => {
    await reader.get('/ru/manage/mail-texts/agenda.one.moved')
    for (const [body, words] of [
      ['Moved: {{session}}', 'Добавьте обязательные для этого текста поля: {{time}}'],
      ['{{session}} {{time}} {{password}}', 'не может подставить {{password}}'],
      ['{{session}} {{time}} {{', 'Ничего другого в двойных скобках'],
      ['{{session}} {{time}} $t(mail.footer)', 'Ничего другого в двойных скобках'],
      ['', 'Напишите текст'],
    ] as const) {
      // What is refused is shown as it was typed, braces and all.
      const answer = await reader.agent
        .post('/ru/manage/mail-texts/agenda.one.moved')
        .type('form')
        .send({
          _csrf: await reader.token(),
          en: body,
          ru: '{{session}} {{time}}',
          'seen-en': '0',
          'seen-ru': '0',
          act: 'save',
        })
      expect(answer.status, body).to.equal(422)
      expect(answer.text, body).to.contain(words)
    }
    expect(await sql(null, 'select 1 from mail_texts')).to.deep.equal([])
  })

  it('plurals have the forms of their language, each with a field', async () => {
    const edit = await reader.get('/en/manage/mail-texts/testReceipt.left')
    expect(
      edit
        .$('textarea')
        .map((_, each) => edit.$(each).attr('name'))
        .get()
        .sort(),
    ).to.deep.equal(['en-one', 'en-other', 'ru-few', 'ru-many', 'ru-one', 'ru-other'])
    await reader.follow(await reader.submit('/testReceipt.left', { 'ru-few': 'Попыток ещё: {{count}}', act: 'save' }))
    const edited = theHouse().texts.edited('ru', 'mail', { 'testReceipt.left_few': 'Попыток ещё: {{count}}' })
    expect([
      edited('mail.testReceipt.left', { count: 1 }),
      edited('mail.testReceipt.left', { count: 3 }),
    ]).to.deep.equal(['Осталась 1 попытка. Засчитывается лучшая.', 'Попыток ещё: 3'])
    expect(edited('layout.short')).to.equal(theHouse().texts.translator('ru')('layout.short'))
  })

  it('two people at one text do not overwrite each other', async () => {
    const other = await signedIn(await cast.administrator())
    await reader.get(page)
    await other.get(page)
    await reader.submit('/confirmAddress.subject', { en: 'First', act: 'save' })
    const late = await other.submit('/confirmAddress.subject', { en: 'Second', act: 'save' })
    expect(late.status).to.equal(422)
    expect(late.text).to.contain('Somebody else has changed this text')
    expect(await subject('en', 'one')).to.equal('First')
  })

  it('a wording that its default has outgrown is left aside: no mail is half filled in', async () => {
    await sql(
      null,
      `insert into mail_texts (key, language, number, body, by_id, at) values
         ('confirmAddress.subject', 'en', 1, 'Dear {{name}}', $1, now()), ('gone.text', 'en', 1, 'x', $1, now())`,
      [coordinator.id],
    )
    expect(await subject('en', 'one')).to.equal('Confirm your email address')
  })

  it('is the staff’s alone, and a text no mail has is not there', async () => {
    for (const person of [learner, await cast.stranger(), await cast.trainer()]) {
      const outsider = await signedIn(person)
      for (const path of ['/en/manage/mail-texts', page]) expect((await outsider.get(path)).status).to.equal(404)
      expect((await outsider.post(page, { en: 'x', ru: 'x' })).status).to.equal(404)
    }
    expect((await reader.get('/en/manage/mail-texts/no.such')).status).to.equal(404)
    expect((await reader.get('/en/manage/mail-texts/constructor')).status).to.equal(404)
  })

  it('placeholders are read as the renderer reads them', () => {
    expect(placeholdersOf('{{a}} {{- b}} {{ c }} {d}')).to.deep.equal(['a', 'b', 'c'])
    expect(fits('one place', '{{count}} place', 'x_one')).to.deep.equal({ ok: true })
    expect(fits('some places', '{{count}} places', 'x').ok).to.equal(false)
  })
})
