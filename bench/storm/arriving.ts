import { chance } from '../../test/support/chance.ts'

/** Milliseconds since an act was meant to begin. */
export type Waited = () => number

/**
 * Acts that begin at fixed times spread by chance over `overMs`, whatever the earlier ones still wait for (open loop): a
 * server that falls behind is not spared, and what waits for its turn in this process counts as waiting too.
 * @param seed the same seed gives the same times
 * @returns when the last of them is done
 */
export async function arrive(count: number, overMs: number, seed: string, act: Act): Promise<void> {
  const times = Array.from({ length: count }, (_, index) => overMs * chance(`${seed} ${index}`)).sort((a, b) => a - b)
  const began = performance.now()
  const under: Promise<void>[] = []
  for (const [index, time] of times.entries()) {
    const early = began + time - performance.now()
    if (early > 0) await new Promise(resolve => setTimeout(resolve, early))
    const done = act(index, () => performance.now() - began - time)
    // Heard of at the end, with the others.
    done.catch(() => {})
    under.push(done)
  }
  await Promise.all(under)
}

type Act = (index: number, waited: Waited) => Promise<void>

/** What so large a share (0 to 1) of the waits does not exceed, in whole milliseconds. */
export const quantile = (waits: number[], share: number): number =>
  Math.round(waits.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(share * waits.length) - 1)] ?? 0)
