/** The thread that reads what was brought (`readApart`). */
import { parentPort, workerData } from 'node:worker_threads'
import type { Answer } from '../../lib/apart.ts'
import { Refused } from '../refused.ts'
import { type Bringing, type Looked, readBrought } from './reading.ts'

/** A refusal as it goes from one thread to another: classes do not. */
export type RefusedApart = { key: string; data: Record<string, unknown> }

const answer = await readBrought(workerData as Bringing).then(
  (output): Answer<Looked> => ({ output }),
  (error): Answer<Looked> => ({
    failure: error instanceof Refused ? ({ key: error.key, data: error.data } satisfies RefusedApart) : error,
  }),
)
parentPort?.postMessage(answer)
