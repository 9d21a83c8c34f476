import { inScope, one } from '../../lib/db.ts'

/**
 * Runs an act forty times at once, each on a connection of its own. The connections are opened first: else the first
 * one to connect is done before the others have arrived, and nothing is raced.
 */
export async function at40<T>(act: (index: number) => Promise<T>, times = 40): Promise<T[]> {
  await all(40, () => one(null, 'select pg_sleep(0.2)'))
  return all(times, act)
}

const all = <T>(times: number, act: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: times }, (_, index) => inScope(() => act(index))))
