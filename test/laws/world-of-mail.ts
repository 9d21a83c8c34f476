import { inTransaction, one } from '../../lib/db.ts'
import { writeBulkMail } from '../../models/bulk-mailing.ts'
import { makeFeed } from '../../models/feeding.ts'
import { stopToken } from '../../models/preferring.ts'
import { theHouse } from '../support/app.ts'
import type { SomeTraining } from '../support/trainings.ts'
import { asActor, type Someone } from '../support/people.ts'

/** A learner's secret calendar address, their one-click link, and a draft of a mail to their group. */
export type Mailing = { feedToken: string; feedId: string; stop: string; bulkId: string }

export async function somethingMailed(training: SomeTraining, owner: Someone, coordinator: Someone): Promise<Mailing> {
  const actor = await asActor(owner)
  const feedToken = await inTransaction(() => makeFeed(actor))
  const feed = await one<{ id: string }>(null, 'select id from calendar_feeds')
  const bulkId = await writeBulkMail(await asActor(coordinator), training.id, {
    ...{ audience: 'enrolled', subject: { en: 'News', ru: 'Новости' }, body: { en: 'Text', ru: 'Текст' } },
  })
  const stop = stopToken(theHouse().config.dataKey, owner.id, 'group-news')
  return { feedToken, feedId: feed!.id, stop, bulkId }
}
