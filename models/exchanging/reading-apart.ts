import { apart, TooHeavy } from '../../lib/apart.ts'
import { Refused } from '../refused.ts'
import type { Bringing, Looked } from './reading.ts'
import type { RefusedApart } from './reading-thread.ts'

/** Five megabytes of questions take a few seconds; what takes more was not made to be read. */
const LIMITS = { seconds: 60, megabytes: 400 }

/**
 * Reads files of questions in a thread of its own: whoever is taking a test at that moment does not wait for it.
 * @throws Refused as `readBrought`; `bankFile.heavy` when the files are made to take all time or memory
 */
export async function readApart(bringing: Bringing): Promise<Looked> {
  try {
    return await apart<Looked>(new URL('./reading-thread.ts', import.meta.url), bringing, LIMITS)
  } catch (error) {
    if (error instanceof TooHeavy) throw new Refused('bankFile.heavy', { field: 'file' })
    const { key, data } = error as Partial<RefusedApart>
    throw key && data ? new Refused(key, data) : error
  }
}
