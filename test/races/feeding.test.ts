import { expect } from 'chai'
import { inScope, sql } from '../../lib/db.ts'
import { feedsOf, makeFeed, revokeFeed } from '../../models/feeding.ts'
import '../support/app.ts'
import { aPerson, asActor } from '../support/people.ts'

const at40 = <T>(fn: (n: number) => Promise<T>) =>
  Promise.all(Array.from({ length: 40 }, (_, n) => inScope(() => fn(n))))

describe('feeding under 40 connections', () => {
  it('forty posts make ten addresses, as many as a person may have', async () => {
    const actor = await asActor(await aPerson())
    const made = await at40(() => makeFeed(actor).catch(error => error.key as string))
    expect(made.filter(each => each === 'feed.many')).to.have.length(30)
    expect(await feedsOf(actor.id!)).to.have.length(10)
  })

  it('an address is ended once, however many end it', async () => {
    const actor = await asActor(await aPerson())
    await makeFeed(actor)
    const [feed] = await feedsOf(actor.id!)
    await at40(() => revokeFeed(actor, feed!.id))
    expect(await sql(null, `select 1 from audit_entries where action = 'feed.revoked'`)).to.have.length(1)
  })
})
