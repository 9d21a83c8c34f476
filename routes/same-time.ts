import { setTimeout as sleep } from 'node:timers/promises'

const LEAST_MS = 250

/** Answers no sooner for an unknown address, for which there is nothing to do, than for a known one. */
export async function inSameTime<T>(work: Promise<T>): Promise<T> {
  const [result] = await Promise.all([work, sleep(LEAST_MS)])
  return result
}
