import { createHash } from 'node:crypto'

/** So many of all, chosen by chance; the same seed chooses the same ones. `nameOf` tells one from the other. */
export function sampleOf<Each>(all: Each[], nameOf: (each: Each) => string, size: number, seed: string): Each[] {
  const rank = (each: Each) =>
    createHash('sha256')
      .update(`${seed} ${nameOf(each)}`)
      .digest('hex')
  return all.toSorted((one, other) => (rank(one) < rank(other) ? -1 : 1)).slice(0, size)
}
