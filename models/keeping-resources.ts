import { inTransaction, one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { record } from './audit.ts'
import type { Resource } from './resource.ts'

export type ResourceValues = Pick<Resource, 'kind' | 'name' | 'address' | 'capacity'>

/** Adds a room or a link. Returns its id. */
export function addResource(actor: Actor, { kind, name, address, capacity }: ResourceValues): Promise<string> {
  return inTransaction(async () => {
    const row = await one<{ id: string }>(
      'resource.add',
      'insert into resources (kind, name, address, capacity) values ($1, $2, $3, $4) returning id',
      [kind, JSON.stringify(name), address, capacity],
    )
    await record(actor, 'resource.added', 'resource', row!.id, { name, address })
    return row!.id
  })
}

/** Changes a room or a link; its kind stays. Agendas that name it differ from what was announced until they are announced. */
export function changeResource(
  actor: Actor,
  resource: Resource,
  { name, address, capacity }: ResourceValues,
): Promise<void> {
  return inTransaction(async () => {
    await sql('resource.change', 'update resources set name = $2, address = $3, capacity = $4 where id = $1', [
      resource.id,
      JSON.stringify(name),
      address,
      capacity,
    ])
    const was = { name: resource.name, address: resource.address, capacity: resource.capacity }
    await record(actor, 'resource.changed', 'resource', resource.id, { was })
  })
}

/** Takes it out of the choice for new sessions; those that hold it keep it. */
export const retireResource = (actor: Actor, resource: Resource) =>
  setRetired(actor, resource, now(), 'resource.retired')

/** Puts it back into the choice. */
export const restoreResource = (actor: Actor, resource: Resource) =>
  setRetired(actor, resource, null, 'resource.restored')

function setRetired(
  actor: Actor,
  { id, retiredAt }: Resource,
  at: Temporal.Instant | null,
  action: string,
): Promise<void> {
  return inTransaction(async () => {
    if ((retiredAt === null) === (at === null)) return
    await sql('resource.retire', 'update resources set retired_at = $2 where id = $1', [id, at])
    await record(actor, action, 'resource', id)
  })
}
