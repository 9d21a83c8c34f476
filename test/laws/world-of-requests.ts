import { agreeToOffer } from '../../models/agreeing.ts'
import { asActor, type Someone } from '../support/people.ts'
import { aDraft, anOffer, seen } from '../support/requests.ts'

/** Requests of one State, at three points of their life: their codes. */
export type Asking = { draft: string; offered: string; agreed: string }

export async function somethingAsked(focalPoint: Someone, coordinator: Someone, state = 'KZ'): Promise<Asking> {
  const draft = await aDraft(focalPoint, state)
  const offered = await anOffer(focalPoint, state, coordinator)
  const agreed = await anOffer(focalPoint, state, coordinator)
  await agreeToOffer(await asActor(focalPoint), agreed, 1, 'state')
  await agreeToOffer(await asActor(coordinator), await seen(focalPoint, agreed.code), 1, 'center')
  return { draft: draft.code, offered: offered.code, agreed: agreed.code }
}
