import { expect } from 'chai'
import { sql } from '../../lib/db.ts'
import { agreeToOffer } from '../../models/agreeing.ts'
import { withdrawRequest, writeMessage } from '../../models/answering-requests.ts'
import { makeTraining } from '../../models/fulfilling.ts'
import { startRequest, submitRequest } from '../../models/requesting.ts'
import '../support/app.ts'
import { refusalOf } from '../support/refusals.ts'
import { count } from '../support/counts.ts'
import { at40 } from '../support/at40.ts'
import { aPerson, asActor, cast } from '../support/people.ts'
import { aDraft, anOffer, seen, theNeedsForm } from '../support/requests.ts'

const steps = (to: string) => count(`transitions where record_kind = 'request' and to_status = '${to}'`)

describe('races: requesting', () => {
  it('forty requests begun at once have forty numbers', async () => {
    await theNeedsForm()
    const focal = await asActor(await cast.focalPoint())
    const codes = await at40(() => startRequest(focal, 'KZ', 'en'))
    expect(new Set(codes).size).to.equal(40)
    expect(codes.toSorted().at(-1)).to.match(/-040$/)
  })

  it('a request sent forty times at once is sent once, and the Center is told once', async () => {
    const person = await cast.focalPoint()
    await cast.coordinator()
    const focal = await asActor(person)
    const draft = await aDraft(person, 'KZ')
    await at40(() => submitRequest(focal, draft))
    expect(await steps('submitted')).to.equal(1)
    expect(await count(`mails where kind = 'request-news'`)).to.equal(1)
  })

  it('both sides agree forty times at once: each once, the request once, and each side is told once', async () => {
    const [person, coordinator] = [await cast.focalPoint(), await cast.coordinator()]
    const deputy = await aPerson({ grants: [{ role: 'focal_point', kind: 'state', id: 'KZ', part: 'deputy' }] })
    const request = await anOffer(person, 'KZ', coordinator)
    const sides = [
      [await asActor(person), 'state'],
      [await asActor(coordinator), 'center'],
      [await asActor(deputy), 'state'],
    ] as const
    await at40(index => agreeToOffer(sides[index % 3]![0], request, 1, sides[index % 3]![1]))
    expect(await steps('agreed')).to.equal(1)
    expect(await count(`audit_entries where action = 'offer.agreed-by-state'`)).to.equal(1)
    expect(await count(`audit_entries where action = 'offer.agreed-by-center'`)).to.equal(1)
    const [offer] = await sql<{ by: string; name: string }>(
      null,
      'select state_agreed_by as by, state_agreed_name as name from offers',
    )
    const who = [person, deputy].find(({ id }) => id === offer!.by)!
    expect(offer!.name, 'one name, of the one who was first').to.equal(who.name)
  })

  it('a request that is withdrawn while the other side agrees ends one way', async () => {
    const [person, coordinator] = [await cast.focalPoint(), await cast.coordinator()]
    const request = await anOffer(person, 'KZ', coordinator)
    const [focal, staff] = [await asActor(person), await asActor(coordinator)]
    await agreeToOffer(focal, request, 1, 'state')
    await at40(index =>
      refusalOf(() =>
        index % 2 ? withdrawRequest(focal, request, 'Our law has changed') : agreeToOffer(staff, request, 1, 'center'),
      ),
    )
    expect((await seen(person, request.code)).status, 'whoever came first, the last word is the withdrawal').to.equal(
      'withdrawn',
    )
    expect(await steps('withdrawn')).to.equal(1)
  })

  it('an agreed request becomes one training, however often it is pressed', async () => {
    const [person, coordinator] = [await cast.focalPoint(), await cast.coordinator()]
    const request = await anOffer(person, 'KZ', coordinator)
    const staff = await asActor(coordinator)
    await agreeToOffer(await asActor(person), request, 1, 'state')
    await agreeToOffer(staff, request, 1, 'center')
    const agreed = await seen(person, request.code)
    const answers = await at40(index => refusalOf(() => makeTraining(staff, agreed, `TM-2027-${index % 2}`)))
    expect(answers.filter(answer => answer === 'yes')).to.have.length(1)
    expect(await count('trainings')).to.equal(1)
    expect(await count('sessions')).to.equal(2)
  })

  it('the same words pressed forty times at once are one message', async () => {
    const [person, coordinator] = [await cast.focalPoint(), await cast.coordinator()]
    const request = await anOffer(person, 'KZ', coordinator)
    const focal = await asActor(person)
    await at40(() => writeMessage(focal, request, 'KZ', 'state', 'Fourteen.'))
    expect(await count('messages')).to.equal(1)
  })
})
