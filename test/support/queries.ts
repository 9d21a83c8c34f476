import pg from 'pg'

/** Statements sent to the database while `fn` runs, by whoever sends them. */
export async function queriesOf(fn: () => Promise<unknown>): Promise<number> {
  const original = pg.Client.prototype.query
  let count = 0
  pg.Client.prototype.query = function (this: unknown, ...args: unknown[]) {
    count++
    return (original as (...all: unknown[]) => unknown).apply(this, args)
  } as never
  await fn().finally(() => {
    pg.Client.prototype.query = original
  })
  return count
}
