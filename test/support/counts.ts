import { one } from '../../lib/db.ts'

/** How many rows a part of a statement finds, e.g. `mails where kind = 'request-news'`. */
export const count = async (from: string): Promise<number> =>
  (await one<{ n: number }>(null, `select count(*)::int as n from ${from}`))!.n
