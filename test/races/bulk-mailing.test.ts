import { expect } from 'chai'
import { inScope, sql } from '../../lib/db.ts'
import { discardBulkMail, sendBulkMail, writeBulkMail } from '../../models/bulk-mailing.ts'
import '../support/app.ts'
import { aDatedTraining } from '../support/agendas.ts'
import { anEnrollment } from '../support/trainings.ts'
import { aPerson, asActor, cast } from '../support/people.ts'

const at40 = <T>(fn: (n: number) => Promise<T>) =>
  Promise.all(Array.from({ length: 40 }, (_, n) => inScope(() => fn(n))))

const DRAFT = {
  audience: 'enrolled' as const,
  subject: { en: 'News', ru: 'Новости' },
  body: { en: 'Text', ru: 'Текст' },
}

describe('bulk mailing under 40 connections', () => {
  it('forty presses of the button send one mail to each', async () => {
    const actor = await asActor(await cast.coordinator())
    const training = await aDatedTraining()
    for (let count = 0; count < 5; count++) await anEnrollment(training, await aPerson())
    const id = await writeBulkMail(actor, training.id, DRAFT)
    const outcomes = await at40(() => sendBulkMail(actor, id).catch(error => error.key as string))
    expect(outcomes.filter(each => each === 5)).to.have.length(1)
    expect(outcomes.filter(each => each === 'bulkMail.sent')).to.have.length(39)
    expect(await sql(null, 'select 1 from mails')).to.have.length(5)
    expect(await sql(null, `select 1 from jobs where name = 'mail.send'`)).to.have.length(5)
  })

  it('sending and throwing away at once: one of them happens', async () => {
    const actor = await asActor(await cast.coordinator())
    const training = await aDatedTraining()
    await anEnrollment(training, await aPerson())
    const id = await writeBulkMail(actor, training.id, DRAFT)
    const outcomes = await at40(n =>
      (n % 2 ? discardBulkMail(actor, id).then(() => 'done') : sendBulkMail(actor, id).then(() => 'done')).catch(
        error => error.key as string,
      ),
    )
    expect(outcomes.filter(each => each === 'done')).to.have.length(1)
    const [sent, left] = [await sql(null, 'select 1 from mails'), await sql(null, 'select 1 from bulk_mails')]
    expect([sent.length, left.length]).to.be.deep.oneOf([
      [1, 1],
      [0, 0],
    ])
  })
})
