import pg from 'pg'

/** How many statements reach the database while `fn` runs, whoever sends them. */
export async function statementsOf(fn: () => Promise<unknown>): Promise<number> {
  const prototype = pg.Client.prototype as unknown as { query: (...args: unknown[]) => unknown }
  const { query } = prototype
  let count = 0
  prototype.query = function (this: unknown, ...args) {
    count++
    return query.apply(this, args)
  }
  try {
    await fn()
  } finally {
    prototype.query = query
  }
  return count
}
