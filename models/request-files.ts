import { inTransaction, sql } from '../lib/db.ts'
import type { Actor } from './actor.ts'
import { attach, type AttachedFile, detach, type KeptFile, MOST_FILES, type Owner } from './attaching.ts'
import { Refused } from './refused.ts'
import { type RequestRow, visibleTo } from './request.ts'
import { partOf } from './request-states.ts'
import { insistOpen, touched } from './requesting.ts'

/** Files beside the form of a request: those of the common part, and those of each State's own part. */

/** `state`: whose own file it is; null for one that all States of the request read. */
export type RequestFile = AttachedFile & { state: string | null }

/**
 * The files of a request that an actor reads, by the rule of `answersFor`: those of the common part, those of the own
 * part of each State they stand for; the Center reads those of an own part once that State has sent it.
 */
export const filesFor = (actor: Actor, requestId: string): Promise<RequestFile[]> =>
  sql<RequestFile>(
    'request.files',
    `select f.id, f.sha256, f.type, f.size::int as size, f.name, null as state from files f
     where f.owner_kind = 'request' and f.owner_id = $3::bigint::text
     union all
     select f.id, f.sha256, f.type, f.size::int, f.name, s.state from request_states s
     join files f on f.owner_kind = 'request_state' and f.owner_id = s.id::text
     where s.request_id = $3 and s.status = 'joined' and (s.state = any ($2::text[]) or ($1 and s.sent_at is not null))
     order by id`,
    [...visibleTo(actor), requestId],
  )

/**
 * Puts a file beside a part of the form while that part is open.
 * @param state null for the common part, else the State whose own part it is
 * @throws Refused 'attachment.full', and the reasons of `insistOpen`
 */
export async function addRequestFile(actor: Actor, request: RequestRow, state: string | null, file: KeptFile) {
  await inTransaction(async () => {
    await insistOpen(actor, request, state)
    if (!(await attach(actor, await ownerOf(request, state), file)))
      throw new Refused('attachment.full', { count: MOST_FILES })
    await touched(request.id)
  })
}

/** Takes a file off a part that is open; one that is not of that part stays. @throws Refused as `insistOpen` */
export async function removeRequestFile(actor: Actor, request: RequestRow, { id, state }: RequestFile) {
  await inTransaction(async () => {
    await insistOpen(actor, request, state)
    await detach(await ownerOf(request, state), id)
    await touched(request.id)
  })
}

const ownerOf = async ({ id }: RequestRow, state: string | null): Promise<Owner> =>
  state ? { kind: 'request_state', id: (await partOf(id, state))!.id } : { kind: 'request', id }
