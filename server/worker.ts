import { startWorker, type Worker } from '../lib/queue.ts'
import { startSchedule } from './jobs/schedule.ts'
import { handlers, type Tools } from './jobs/index.ts'

/** Runs jobs and the schedule until stopped. */
export function startWork(tools: Tools): Worker {
  const worker = startWorker(handlers(tools))
  const schedule = startSchedule()
  return {
    async stop() {
      schedule.stop()
      await worker.stop()
    },
  }
}
