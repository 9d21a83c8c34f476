import { createHash } from 'node:crypto'

/** A number from 0 to 1 that the same text gives again. */
export const chance = (text: string): number => createHash('sha256').update(text).digest().readUInt32BE(0) / 2 ** 32

/** Numbers from 0 to 1 that the same seed gives again, one after the other. */
export function chances(seed: string): () => number {
  let count = 0
  return () => chance(`${seed} ${count++}`)
}
