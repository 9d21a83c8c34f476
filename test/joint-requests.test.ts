import { expect } from 'chai'
import { extractText } from 'unpdf'
import { one, sql } from '../lib/db.ts'
import { agreeToOffer } from '../models/agreeing.ts'
import { acknowledgeRequest, writeMessage } from '../models/answering-requests.ts'
import { inviteStates, joinRequest } from '../models/joining.ts'
import { submitRequest } from '../models/requesting.ts'
import { runJobs, standAt } from './support/app.ts'
import { asActor, cast } from './support/people.ts'
import { signedIn } from './support/reader.ts'
import { aDraft, aFocalPoint, aRequest, aRequestFile, joined, offeredTo, ownPart, seen } from './support/requests.ts'

const mailsOf = (news: string) =>
  sql<{ address: string; subject: string; body: string }>(
    null,
    `select address, subject, body_text as body from mails where kind = 'request-news' and data ->> 'news' = $1 order by address`,
    [news],
  )

/** Kazakhstan leads, Uzbekistan may join. */
async function two() {
  standAt('2026-11-24T08:00:00Z')
  const [lead, guest] = [await cast.focalPoint(), await aFocalPoint('UZ', 'Dilnoza Yusupova')]
  return { lead, guest, uz: { person: guest, state: 'UZ' } }
}

describe('a joint request', function () {
  this.timeout(60_000)

  it('invited, joined, its own part filled in and sent, without script; each reads what is theirs', async () => {
    const { lead, guest } = await two()
    const draft = await aDraft(lead, 'KZ', { own: { agencies: 'Kazakh border service' } })
    const [kz, uz, center] = [await signedIn(lead), await signedIn(guest), await signedIn(await cast.coordinator())]
    const path = `/en/state/requests/${draft.code}`
    expect((await uz.get(path)).status, 'nothing is there before the invitation').to.equal(404)

    await kz.open(path)
    await kz.open(`${path}/invitations`)
    const none = await kz.submit('/invitations', { note: 'Our posts face each other.' })
    expect(none.status).to.equal(422)
    expect(none.$('#note').val(), 'what was typed is kept').to.equal('Our posts face each other.')
    const sent = await kz.follow(await kz.submit('/invitations', { states: 'UZ', note: 'Our posts face each other.' }))
    expect(sent.text)
      .to.contain('Republic of Uzbekistan')
      .and.contain('invited')
      .and.contain('Our posts face each other.')

    await uz.open('/en/state')
    expect(uz.last!.text).to.contain('Republic of Kazakhstan invites you to join')
    await uz.follow(await uz.get(path))
    expect(uz.last!.path).to.match(/\/invitation$/)
    expect(uz.last!.text).to.contain('Our posts face each other.').and.contain('Interviews differ from post to post.')
    expect(uz.last!.text).to.not.contain('Kazakh border service').and.not.contain('Daniyar Omarov')
    await uz.follow(await uz.submit('/joining'))
    expect(uz.last!.text).to.contain('Your own part has not been sent to the Center yet.')
    expect((await uz.get(`${path}/edit/problem`)).status, 'the common part is the lead’s').to.equal(404)

    await uz.open(`${path}/edit/audience`)
    await uz.follow(
      await uz.submit('/edit/audience', {
        ...{ 'about-people': '12', 'about-agencies': 'Uzbek border troops', 'about-level': 'new', act: 'next' },
      }),
    )
    expect(uz.last!.path, 'only own parts follow').to.match(/\/edit\/tasks$/)
    await uz.open(`${path}/check`)
    expect(uz.last!.text).to.contain('1 answer is missing')
    await uz.open(`${path}/edit/tasks`)
    await uz.submit('/edit/tasks', {
      ...{ 'about-tasks-1-task': 'Check papers', 'about-tasks-1-required': '4', 'about-tasks-1-present': '2' },
      act: 'later',
    })
    await uz.open(`${path}/check`)
    expect(uz.last!.text).to.contain('Uzbek border troops').and.not.contain('Interviews differ')
    await uz.follow(await uz.submit('/submission'))
    expect(uz.last!.text).to.contain('The request goes to the Center when Republic of Kazakhstan sends it.')
    expect((await uz.get(`${path}/edit/audience`)).status, 'what was sent no longer changes').to.equal(404)
    expect((await center.get(`/en/manage/requests/${draft.code}`)).status, 'a draft is the States’').to.equal(404)

    const led = await kz.open(path)
    expect(led.text).to.contain('has sent its part').and.not.contain('Uzbek border troops')
    await submitRequest(await asActor(lead), draft)
    const all = await center.open(`/en/manage/requests/${draft.code}`)
    expect(all.text).to.contain('Kazakh border service').and.contain('Uzbek border troops')
    const texts = []
    for (const reader of [kz, uz, center]) {
      const { bytes } = await reader.get(`/en/requests/${draft.code}.pdf`)
      texts.push((await extractText(new Uint8Array(bytes), { mergePages: true })).text.replace(/\s+/g, ' '))
    }
    expect(texts[0]).to.contain('Kazakh border').and.contain('Daniyar Omarov').and.not.contain('Uzbek border')
    expect(texts[1]).to.contain('Uzbek border').and.not.contain('Kazakh border').and.not.contain('Daniyar Omarov')
    expect(texts[2]).to.contain('Kazakh border').and.contain('Uzbek border').and.contain('Вместе с')
  })

  it('each step is told to those it concerns, and to a third State nothing', async () => {
    const { lead, guest, uz } = await two()
    const coordinator = await cast.coordinator()
    await aFocalPoint('TJ')
    const draft = await aDraft(lead, 'KZ')
    await inviteStates(await asActor(lead), draft, ['UZ'], 'Our posts face each other.')
    await runJobs()
    await joinRequest(await asActor(guest), draft, 'UZ')
    await submitRequest(await asActor(lead), draft)
    await ownPart(uz, draft)
    await acknowledgeRequest(await asActor(coordinator), await seen(lead, draft.code))
    await runJobs()
    const [invited] = await mailsOf('invited')
    expect(invited!.address).to.equal(guest.email)
    expect(invited!.subject).to.equal(
      'Republic of Kazakhstan invites you to a joint request: Interviewing at the border',
    )
    expect(invited!.body).to.contain('Our posts face each other.')
    const told = async (news: string) => (await mailsOf(news)).map(({ address }) => address)
    expect(await told('joined'), 'a draft is not the Center’s').to.deep.equal([lead.email])
    expect(await told('part-sent')).to.deep.equal([coordinator.email, lead.email].toSorted())
    expect(await told('acknowledged')).to.deep.equal([lead.email, guest.email].toSorted())
  })

  it('declined with a reason for the lead State and the Center; a third State reads neither name nor reason', async () => {
    const { lead, guest, uz } = await two()
    const third = { person: await aFocalPoint('TJ'), state: 'TJ' }
    const request = await aRequest(lead, 'KZ')
    await joined(lead, request, third)
    await inviteStates(await asActor(lead), request, ['UZ'], null)
    const reader = await signedIn(guest)
    const path = `/en/state/requests/${request.code}`
    await reader.open(`${path}/declining`)
    expect((await reader.submit('/declining', { reason: '' })).status).to.equal(422)
    await reader.follow(await reader.submit('/declining', { reason: 'Not this year.' }))
    expect((await reader.get(path)).status, 'what was declined is no longer there').to.equal(404)
    await runJobs()
    expect((await mailsOf('invitation-declined')).some(({ body }) => body.includes('Not this year.'))).to.equal(true)
    expect((await (await signedIn(lead)).get(path)).text)
      .to.contain('has declined')
      .and.contain('Not this year.')
    const other = (await (await signedIn(third.person)).get(path)).text
    expect(other).to.not.contain('Uzbekistan').and.not.contain('Not this year.')
    await joined(lead, request, uz)
    expect((await seen(guest, request.code)).ownStatus, 'asked again it may join').to.equal('joined')
  })

  it('an invitation is withdrawn while it is not answered; the State is told, and its page is gone', async () => {
    const { lead, guest } = await two()
    const draft = await aDraft(lead, 'KZ')
    await inviteStates(await asActor(lead), draft, ['UZ'], null)
    await runJobs()
    const kz = await signedIn(lead)
    await kz.open(`/en/state/requests/${draft.code}/invitations`)
    await kz.follow(await kz.submit('/invitations/UZ/withdrawal'))
    expect(kz.last!.text).to.contain('invitation withdrawn')
    await runJobs()
    expect((await mailsOf('invitation-withdrawn')).map(({ address }) => address)).to.deep.equal([guest.email])
    expect((await (await signedIn(guest)).get(`/en/state/requests/${draft.code}/invitation`)).status).to.equal(404)
  })

  it('a mail on its way to a State that has no part any more is not sent', async () => {
    const { lead, guest, uz } = await two()
    const request = await aRequest(lead, 'KZ')
    await joined(lead, request, uz)
    await runJobs()
    await acknowledgeRequest(await asActor(await cast.coordinator()), request)
    const reader = await signedIn(guest)
    await reader.open(`/en/state/requests/${request.code}/leaving`)
    await reader.submit('/leaving', { reason: 'Other plans.' })
    await runJobs()
    const sent = (await mailsOf('acknowledged')).filter(({ body }) => body !== null).map(({ address }) => address)
    expect(sent).to.deep.equal([lead.email])
  })

  it('who leaves takes its own part along; the Center reads it no more, and invited again it is as it was', async () => {
    const { lead, guest, uz } = await two()
    const coordinator = await cast.coordinator()
    const request = await aRequest(lead, 'KZ')
    const part = await joined(lead, request, uz)
    await aRequestFile(guest, part, 'UZ', 'uzbek.png')
    await ownPart(uz, part, { agencies: 'Uzbek border troops' })
    const [center, reader] = [await signedIn(coordinator), await signedIn(guest)]
    const page = `/en/manage/requests/${request.code}`
    await acknowledgeRequest(await asActor(coordinator), request)
    await writeMessage(await asActor(lead), request, 'KZ', 'state', 'Fourteen posts.')
    await writeMessage(await asActor(coordinator), request, 'KZ', 'center', 'Which ones?')
    await writeMessage(await asActor(guest), request, 'UZ', 'state', 'Twelve people.')
    expect((await center.get(page)).text, 'of two threads the one that waits').to.contain('Waits for the Center since')
    expect((await center.get(page)).text)
      .to.contain('Uzbek border troops')
      .and.contain('uzbek.png')
    await reader.open(`/en/state/requests/${request.code}/leaving`)
    await reader.follow(await reader.submit('/leaving', { reason: 'Other plans.' }))
    const left = (await center.get(page)).text
    expect(left).to.contain('has left').and.contain('Other plans.')
    expect(left).to.not.contain('Uzbek border troops').and.not.contain('uzbek.png')
    expect(left, 'nobody waits for who has left').to.contain('the State has to answer')
    await joined(lead, request, uz)
    const again = (await reader.get(`/en/state/requests/${request.code}`)).text
    expect(again).to.contain('Uzbek border troops').and.contain('uzbek.png').and.contain('has not been sent')
  })

  it('the lead State agrees for all; a joined one reads the offer without its official’s name, and cannot agree', async () => {
    const { lead, guest, uz } = await two()
    const coordinator = await cast.coordinator()
    const request = await aRequest(lead, 'KZ')
    await ownPart(uz, await joined(lead, request, uz))
    await offeredTo(lead, request, coordinator)
    const reader = await signedIn(guest)
    const offer = `/en/state/requests/${request.code}/offers/1`
    await reader.open(offer)
    expect(reader.last!.$('form[action$="/agreement"]')).to.have.length(0)
    expect((await reader.post(`${offer}/agreement`)).status).to.equal(403)
    expect((await reader.get(`/en/state/requests/${request.code}`)).text).to.contain('answers it for all')
    expect((await reader.get('/en/state')).$('#waits + ul, #waits ~ ul').text(), 'it waits for the lead').to.equal('')
    await agreeToOffer(await asActor(lead), await seen(lead, request.code), 1, 'state')
    await agreeToOffer(await asActor(coordinator), await seen(lead, request.code), 1, 'center')
    const agreed = await reader.get(offer)
    expect(agreed.text).to.contain('Leyla Mammadova').and.not.contain('Daniyar Omarov')
    const paper = async (one: typeof reader) => {
      const { bytes } = await one.get(`/en/requests/${request.code}/agreement.pdf`)
      return (await extractText(new Uint8Array(bytes), { mergePages: true })).text.replace(/\s+/g, ' ')
    }
    expect(await paper(reader))
      .to.contain('Republic of Uzbekistan')
      .and.not.contain('Daniyar Omarov')
    expect(await paper(await signedIn(lead))).to.contain('Daniyar Omarov')
  })

  it('once an offer is made nobody joins any more, and the invited State reads why', async () => {
    const { lead, guest } = await two()
    const request = await aRequest(lead, 'KZ')
    await inviteStates(await asActor(lead), request, ['UZ'], null)
    await offeredTo(lead, request, await cast.coordinator())
    const reader = await signedIn(guest)
    const page = await reader.get(`/en/state/requests/${request.code}/invitation`)
    expect(page.text).to.contain('an offer has been made')
    expect((await reader.post(`/en/state/requests/${request.code}/joining`)).status).to.equal(422)
    expect((await reader.get(`/en/state/requests/${request.code}/offers/1`)).status).to.equal(404)
    const kz = await signedIn(lead)
    const late = await kz.post(`/en/state/requests/${request.code}/invitations`, { states: 'TJ' })
    expect(late.status).to.equal(422)
  })

  it('a deputy of an agency fills in the own part and neither joins nor sends', async () => {
    const { lead, guest, uz } = await two()
    const agency = await aFocalPoint('UZ', 'Jasur Toshmatov', 'agency')
    const draft = await aDraft(lead, 'KZ')
    await inviteStates(await asActor(lead), draft, ['UZ'], null)
    const reader = await signedIn(agency)
    const path = `/en/state/requests/${draft.code}`
    expect((await reader.get(`${path}/invitation`)).$('form[action$="/joining"]')).to.have.length(0)
    expect((await reader.post(`${path}/joining`)).status).to.equal(403)
    await joinRequest(await asActor(guest), draft, uz.state)
    expect((await reader.get(`${path}/edit/audience`)).status).to.equal(200)
    expect((await reader.post(`${path}/submission`)).status).to.equal(403)
    expect((await reader.get(`${path}/leaving`)).status).to.equal(403)
  })

  it('a draft that is thrown away takes all parts and files along, and those who had joined are told', async () => {
    const { lead, guest, uz } = await two()
    const draft = await aDraft(lead, 'KZ')
    const part = await joined(lead, draft, uz)
    await aRequestFile(lead, draft, null)
    await aRequestFile(guest, part, 'UZ')
    const kz = await signedIn(lead)
    await kz.open(`/en/state/requests/${draft.code}/discarding`)
    await kz.submit('/discarding')
    await runJobs()
    const [mail] = (await mailsOf('discarded')).filter(({ address }) => address === guest.email)
    expect(mail!.subject).to.equal('Draft thrown away: Interviewing at the border')
    const left = await one(
      null,
      `select (select count(*)::int from files) as files, (select count(*)::int from requests) as requests`,
    )
    expect(left).to.deep.equal({ files: 0, requests: 0 })
  })
})

describe('who has looked', () => {
  it('a State reads which of its own people and of the Center opened its request, and nothing of another State', async () => {
    const { lead, guest, uz } = await two()
    const coordinator = await cast.coordinator()
    const request = await aRequest(lead, 'KZ')
    await (await signedIn(coordinator)).get(`/en/manage/requests/${request.code}`)
    await written(1)
    standAt('2026-11-24T09:00:00Z')
    await joined(lead, request, uz)
    const [kz, other] = [await signedIn(lead), await signedIn(guest)]
    await kz.get(`/en/state/requests/${request.code}`)
    await other.get(`/en/requests/${request.code}.pdf`)
    await written(3)
    const own = (await kz.get('/en/state/access')).text
    expect(own).to.contain('Daniyar Omarov').and.contain('Leyla Mammadova, the Center').and.contain(request.code)
    expect(own).to.not.contain('Dilnoza Yusupova')
    const guests = (await other.get('/en/state/access')).text
    expect(guests).to.contain('Dilnoza Yusupova').and.not.contain('Daniyar Omarov')
    expect(guests, 'the Center looked before this State had joined').to.not.contain('Leyla Mammadova')
  })
})

/** Looks are written down after the answer. */
async function written(count: number) {
  for (let tries = 0; tries < 50; tries++) {
    const row = await one<{ n: number }>(
      null,
      'select count(*)::int as n from access_entries where request_id is not null',
    )
    if (row!.n >= count) return
    await new Promise(done => setTimeout(done, 20))
  }
}
