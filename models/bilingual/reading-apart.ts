import { apart } from '../../lib/apart.ts'
import { Refused } from '../refused.ts'

/** A table of one piece takes less than a second; what takes more was not made to be read. */
const LIMITS = { seconds: 20, megabytes: 200 }

/** Cells of the first sheet of a file, opened in a thread of its own. @throws Refused 'bilingual.notSheet' */
export async function cellsApart(path: string): Promise<unknown[][]> {
  try {
    return await apart<unknown[][]>(new URL('./cells-thread.ts', import.meta.url), { path }, LIMITS)
  } catch {
    throw new Refused('bilingual.notSheet', { field: 'file' })
  }
}
