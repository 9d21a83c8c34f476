import { log } from '../lib/log.ts'
import { BEAT_MS, beat } from '../models/giving-back.ts'

/** Says at fixed intervals that the platform is at work, at once for the first time. */
export async function startHeart() {
  await beat()
  let beating: Promise<unknown> | undefined
  const timer = setInterval(() => {
    // A beat that waits for the database is not followed by another.
    beating ??= beat()
      .catch(error => log.error({ err: error }, 'the heart cannot reach the database'))
      .finally(() => {
        beating = undefined
      })
  }, BEAT_MS)
  return {
    async stop() {
      clearInterval(timer)
      await beating
    },
  }
}
