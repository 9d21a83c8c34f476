import { hash, verify } from '@node-rs/argon2'

// argon2id, 19 MiB, two passes: about a tenth of a second, on libuv's threads and off the event loop.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

let cost: { memoryCost: number; timeCost: number; parallelism: number } = COST

/** Cheaper hashes for tests and for filling a demo; production never calls it. */
export function setPasswordCost(cheap: boolean) {
  cost = cheap ? { memoryCost: 1024, timeCost: 2, parallelism: 1 } : COST
}

export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFC'), cost)

/** Whether the password is right. An unknown account passes null and costs the same time. */
export async function passwordMatches(stored: string | null, password: string): Promise<boolean> {
  const right = await verify(stored ?? (await decoy()), password.normalize('NFC')).catch(() => false)
  return right && stored !== null
}

let made: Promise<string> | undefined
const decoy = () => (made ??= hash('nobody has this password', cost))
