/** The thread that opens a table that was brought (`cellsApart`). */
import { parentPort, workerData } from 'node:worker_threads'
import type { Answer } from '../../lib/apart.ts'
import { cellsOf } from '../exchanging/reading.ts'

// Classes do not go from one thread to another, and a table that cannot be opened is one thing to say.
const answer = await cellsOf(workerData as { path: string }).then(
  (output): Answer<unknown[][]> => ({ output }),
  (): Answer<unknown[][]> => ({ failure: 'notSheet' }),
)
parentPort?.postMessage(answer)
