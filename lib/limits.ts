import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import { withClient } from './db.ts'

export type Limit = { points: number; seconds: number; blockSeconds?: number }
export type Verdict = { ok: true } | { ok: false; retryAfter: number }

const limiters = new Map<string, RateLimiterPostgres>()

/**
 * Counts one try under `name` and `key` (in the database, so all processes share it).
 * @returns whether it is within the limit, else in how many seconds to come again
 */
export async function within(name: string, key: string, limit: Limit): Promise<Verdict> {
  try {
    await limiterOf(name, limit).consume(key)
    return { ok: true }
  } catch (reason) {
    if (!(reason instanceof RateLimiterRes)) throw reason
    return { ok: false, retryAfter: Math.max(1, Math.ceil(reason.msBeforeNext / 1000)) }
  }
}

/** Forgets the tries of a key, after a success. */
export const forgive = async (name: string, key: string) => void (await limiters.get(name)?.delete(key))

function limiterOf(name: string, { points, seconds, blockSeconds = 0 }: Limit) {
  let limiter = limiters.get(name)
  if (!limiter) {
    limiter = new RateLimiterPostgres({
      storeClient: { query: (query: never, values: never) => withClient(client => client.query(query, values)) },
      storeType: 'client',
      tableName: 'rate_limits',
      tableCreated: true,
      clearExpiredByTimeout: false,
      keyPrefix: name,
      points,
      duration: seconds,
      blockDuration: blockSeconds,
    })
    limiters.set(name, limiter)
  }
  return limiter
}
