import { sql } from '../../lib/db.ts'
import type { Actor } from '../../models/actor.ts'
import { at40 } from './at40.ts'
import { aPerson, asActor } from './people.ts'

/** People who come to a training at once, for races: so many of them, as the domain sees them. */
export async function actors(count: number): Promise<Actor[]> {
  const all = []
  for (let i = 0; i < count; i++) all.push(await asActor(await aPerson()))
  return all
}

/** One act of each, all at the same moment, on connections that stand open before they start. */
export const atOnce = <T, R>(all: T[], act: (one: T) => Promise<R>): Promise<R[]> =>
  at40(index => act(all[index]!), all.length)

/** How many enrollments there are of each status. */
export async function statuses(): Promise<Record<string, number>> {
  const rows = await sql<{ status: string; n: number }>(
    null,
    'select status, count(*)::int as n from enrollments group by 1',
  )
  return Object.fromEntries(rows.map(row => [row.status, row.n]))
}
