import { one } from '../../lib/db.ts'
import { keep } from '../../lib/storage.ts'
import { agreeToOffer } from '../../models/agreeing.ts'
import { theHouse } from '../support/app.ts'
import { asActor, type Someone } from '../support/people.ts'
import { aDraft, anOffer, seen } from '../support/requests.ts'

/** Requests of one State at three points of their life, by their codes; the mandate of its focal point, with its letter. */
export type Asking = { draft: string; offered: string; agreed: string; mandate: string }

export async function somethingAsked(focalPoint: Someone, coordinator: Someone, state = 'KZ'): Promise<Asking> {
  const draft = await aDraft(focalPoint, state)
  const offered = await anOffer(focalPoint, state, coordinator)
  const agreed = await anOffer(focalPoint, state, coordinator)
  await agreeToOffer(await asActor(focalPoint), agreed, 1, 'state')
  await agreeToOffer(await asActor(coordinator), await seen(focalPoint, agreed.code), 1, 'center')
  return { draft: draft.code, offered: offered.code, agreed: agreed.code, mandate: await theLetter(focalPoint) }
}

async function theLetter(focalPoint: Someone): Promise<string> {
  const bytes = Buffer.from(`A letter about ${focalPoint.name}`)
  const sha256 = await keep(theHouse().config.uploadsDir, bytes)
  const grant = await one<{ id: string }>(
    null,
    `with file as (insert into files (sha256, type, size, name, owner_kind, owner_id, uploaded_at)
       values ($2, 'text/plain', $3, 'letter.txt', 'mandate', $1, now()) returning id)
     update role_grants set letter_id = file.id from file where person_id = $1::bigint and role = 'focal_point'
     returning role_grants.id`,
    [focalPoint.id, sha256, bytes.length],
  )
  return grant!.id
}
