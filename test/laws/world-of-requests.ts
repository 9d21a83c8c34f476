import { one } from '../../lib/db.ts'
import { keep } from '../../lib/storage.ts'
import { agreeToOffer } from '../../models/agreeing.ts'
import { declineInvitation, inviteStates } from '../../models/joining.ts'
import { submitRequest } from '../../models/requesting.ts'
import { theHouse } from '../support/app.ts'
import { asActor, type Someone } from '../support/people.ts'
import {
  aDraft,
  aFocalPoint,
  anOffer,
  aRequestFile,
  type Guest,
  joined,
  offeredTo,
  ownPart,
  seen,
} from '../support/requests.ts'

/** Requests of one State at points of their life, by their codes; the mandate of its focal point, with its letter. */
export type Asking = {
  draft: string
  offered: string
  agreed: string
  mandate: string
  /** The State that takes part in joint requests with this one. */
  neighbor: Guest
  /** Led by this State, joined by its neighbor and agreed; with a file of all, and one of this State's own part. */
  joint: string
  file: string
  ownFile: string
  /** Led by the neighbor: this State is invited to the one, and has joined the other. */
  invited: string
  joined: string
}

export async function somethingAsked(
  focalPoint: Someone,
  coordinator: Someone,
  state = 'KZ',
  known?: Guest,
): Promise<Asking> {
  const neighbor = known ?? { person: await aFocalPoint('UZ', 'Dilnoza Yusupova'), state: 'UZ' }
  const draft = await aDraft(focalPoint, state)
  const offered = await anOffer(focalPoint, state, coordinator)
  const agreed = await anOffer(focalPoint, state, coordinator)
  await agree(focalPoint, coordinator, agreed.code)
  return {
    ...{
      draft: draft.code,
      offered: offered.code,
      agreed: agreed.code,
      mandate: await theLetter(focalPoint),
      neighbor,
    },
    ...(await together({ person: focalPoint, state }, neighbor, coordinator)),
    invited: await begun(neighbor, { person: focalPoint, state }, false),
    joined: await begun(neighbor, { person: focalPoint, state }, true),
  }
}

async function agree(focalPoint: Someone, coordinator: Someone, code: string) {
  await agreeToOffer(await asActor(focalPoint), await seen(focalPoint, code), 1, 'state')
  await agreeToOffer(await asActor(coordinator), await seen(focalPoint, code), 1, 'center')
}

/** From draft to agreement by two States; a third one has declined. */
async function together(lead: Guest, neighbor: Guest, coordinator: Someone) {
  const draft = await aDraft(lead.person, lead.state)
  const state = lead.state === 'KZ' ? 'TJ' : 'TM'
  const third = await aFocalPoint(state)
  await inviteStates(await asActor(lead.person), draft, [state], 'A word to one State alone')
  await declineInvitation(await asActor(third), draft, state, 'A reason for two to read')
  await joined(lead.person, draft, neighbor)
  const file = await aRequestFile(lead.person, draft, null, 'common.png')
  const ownFile = await aRequestFile(lead.person, draft, lead.state, 'own.png')
  await aRequestFile(neighbor.person, draft, neighbor.state, 'own.png')
  await ownPart(neighbor, draft)
  await submitRequest(await asActor(lead.person), draft)
  await offeredTo(lead.person, draft, coordinator)
  await agree(lead.person, coordinator, draft.code)
  return { joint: draft.code, file, ownFile }
}

async function begun(lead: Guest, guest: Guest, joins: boolean): Promise<string> {
  const draft = await aDraft(lead.person, lead.state)
  if (joins) await joined(lead.person, draft, guest)
  else await inviteStates(await asActor(lead.person), draft, [guest.state], null)
  return draft.code
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
