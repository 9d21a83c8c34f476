import { inTransaction, one } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { record } from './audit.ts'

/** Asks the Center to erase the person. Asking twice is asking once. */
export async function askErasure(actor: Actor): Promise<void> {
  await inTransaction(async () => {
    const asked = await one(
      'erasure.ask',
      'update people set erasure_asked_at = $2 where id = $1 and erasure_asked_at is null returning id',
      [actor.id, now()],
    )
    if (asked) await record(actor, 'erasure.asked', 'person', actor.id!)
  })
}

/** Takes the wish back, as long as it was not carried out. */
export async function withdrawErasure(actor: Actor): Promise<void> {
  await inTransaction(async () => {
    const asked = await one(
      'erasure.withdraw',
      `update people set erasure_asked_at = null where id = $1 and erasure_asked_at is not null and erased_at is null
       returning id`,
      [actor.id],
    )
    if (asked) await record(actor, 'erasure.withdrawn', 'person', actor.id!)
  })
}
