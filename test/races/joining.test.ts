import { expect } from 'chai'
import { one } from '../../lib/db.ts'
import { acknowledgeRequest, withdrawRequest } from '../../models/answering-requests.ts'
import { addRequestFile } from '../../models/request-files.ts'
import { inviteStates, joinRequest, leaveRequest, sendOwnPart, withdrawInvitation } from '../../models/joining.ts'
import { needsForm } from '../../models/needs-form.ts'
import { savePart, submitRequest } from '../../models/requesting.ts'
import { sendOffer, writeOffer } from '../../models/proposing.ts'
import '../support/app.ts'
import { refusalOf } from '../support/refusals.ts'
import { count } from '../support/counts.ts'
import { at40 } from '../support/at40.ts'
import { aCourse } from '../support/courses.ts'
import { asActor, cast } from '../support/people.ts'
import { aDraft, aFocalPoint, aRequest, joined, OWN, seen, TERMS } from '../support/requests.ts'

const steps = (to: string) => count(`transitions where record_kind = 'request_state' and to_status = '${to}'`)

async function two() {
  const [lead, guest] = [await cast.focalPoint(), await aFocalPoint('UZ')]
  const coordinator = await cast.coordinator()
  return {
    lead,
    guest,
    coordinator,
    kz: await asActor(lead),
    uz: await asActor(guest),
    side: { person: guest, state: 'UZ' },
  }
}

describe('races: joining', () => {
  it('a State invited forty times at once is invited once, and gets one mail', async () => {
    const { lead, kz } = await two()
    const draft = await aDraft(lead, 'KZ')
    await at40(() => inviteStates(kz, draft, ['UZ', 'TJ'], null))
    expect(await steps('invited')).to.equal(2)
    expect(await count(`mails where data ->> 'news' = 'invited'`)).to.equal(1)
  })

  it('joining while the invitation is withdrawn ends one way, and says so to the other', async () => {
    const { lead, kz, uz } = await two()
    const draft = await aDraft(lead, 'KZ')
    await inviteStates(kz, draft, ['UZ'], null)
    const answers = await at40(index =>
      refusalOf(() => (index % 2 ? joinRequest(uz, draft, 'UZ') : withdrawInvitation(kz, draft, 'UZ'))),
    )
    const { status } = (await one<{ status: string }>(null, `select status from request_states where state = 'UZ'`))!
    expect([await steps('joined'), await steps('withdrawn')], status).to.deep.equal(
      status === 'joined' ? [1, 0] : [0, 1],
    )
    const refused = status === 'joined' ? 'request.joinedMeanwhile' : 'request.notInvited'
    expect(answers.filter(answer => answer === refused)).to.have.length(20)
  })

  it('joining while the request is sent: both happen, each once', async () => {
    const { lead, guest, kz, uz } = await two()
    const draft = await aDraft(lead, 'KZ')
    await inviteStates(kz, draft, ['UZ'], null)
    await at40(index => (index % 2 ? joinRequest(uz, draft, 'UZ') : submitRequest(kz, draft)))
    const request = await seen(guest, draft.code)
    expect([request.status, request.ownStatus]).to.deep.equal(['submitted', 'joined'])
    expect(await steps('joined')).to.equal(1)
  })

  it('who joins while the request is withdrawn has joined before, or not at all', async () => {
    const { lead, kz, uz } = await two()
    const request = await aRequest(lead, 'KZ')
    await inviteStates(kz, request, ['UZ'], null)
    await at40(index =>
      refusalOf(() =>
        index % 2 ? joinRequest(uz, request, 'UZ') : withdrawRequest(kz, request, 'Our law has changed'),
      ),
    )
    expect((await seen(lead, request.code)).status).to.equal('withdrawn')
    const late = await one(
      null,
      `select 1 from transitions j, transitions w where j.record_kind = 'request_state' and j.to_status = 'joined'
         and w.record_kind = 'request' and w.to_status = 'withdrawn' and j.id > w.id`,
    )
    expect(late, 'nobody joins what has ended').to.equal(undefined)
  })

  it('nobody joins what an offer has been made for, however close they come', async () => {
    const { lead, coordinator, kz, uz } = await two()
    const staff = await asActor(coordinator)
    const request = await aRequest(lead, 'KZ')
    await inviteStates(kz, request, ['UZ'], null)
    await aCourse()
    await acknowledgeRequest(staff, request)
    await writeOffer(staff, request, TERMS, [])
    await at40(index => refusalOf(() => (index % 2 ? joinRequest(uz, request, 'UZ') : sendOffer(staff, request, 1))))
    const late = await one(
      null,
      `select 1 from transitions j, transitions o where j.record_kind = 'request_state' and j.to_status = 'joined'
         and o.record_kind = 'request' and o.to_status = 'offered' and j.id > o.id`,
    )
    expect(late).to.equal(undefined)
  })

  it('an own part that is sent and changed at once is what was sent; left and sent at once it is not the Center’s', async () => {
    const { lead, uz, side } = await two()
    const part = await joined(lead, await aRequest(lead, 'KZ'), side)
    const { questions } = await needsForm(part.formVersionId)
    await savePart(uz, part, 'UZ', questions, { ...OWN, people: 1 })
    await at40(index =>
      refusalOf(() =>
        index % 2 ? sendOwnPart(uz, part, 'UZ') : savePart(uz, part, 'UZ', questions, { ...OWN, people: index + 2 }),
      ),
    )
    expect(await count(`audit_entries where action = 'request.part-sent'`)).to.equal(1)
    await at40(index =>
      refusalOf(() => (index % 2 ? leaveRequest(uz, part, 'UZ', 'Other plans') : sendOwnPart(uz, part, 'UZ'))),
    )
    expect(await steps('left')).to.equal(1)
    expect(await count(`request_states where state = 'UZ' and sent_at is not null`)).to.equal(0)
  })

  it('forty files at once: ten are there; none comes after the request has been sent', async () => {
    const { lead, kz } = await two()
    const draft = await aDraft(lead, 'KZ')
    const file = (index: number) => ({
      sha256: `${index}`.padStart(64, '0'),
      size: 1,
      type: 'application/pdf',
      name: `${index}.pdf`,
    })
    const answers = await at40(index => refusalOf(() => addRequestFile(kz, draft, null, file(index))))
    expect(answers.filter(answer => answer === 'attachment.full')).to.have.length(30)
    expect(await count('files')).to.equal(10)
    const other = await aDraft(lead, 'KZ')
    await at40(index =>
      refusalOf(() => (index === 20 ? submitRequest(kz, other) : addRequestFile(kz, other, null, file(index)))),
    )
    const late = await one(
      null,
      `select 1 from files f, transitions t where f.owner_kind = 'request' and f.owner_id = '${other.id}'
         and t.record_kind = 'request' and t.record_id = ${other.id} and t.to_status = 'submitted' and f.uploaded_at > t.at`,
    )
    expect(late).to.equal(undefined)
  })
})
