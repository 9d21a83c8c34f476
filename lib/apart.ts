import { Worker } from 'node:worker_threads'

/** Work that was stopped: it took longer, or more memory, than it was given. */
export class TooHeavy extends Error {}

/** What a thread of its own answers: what it was asked for, or what went wrong there. */
export type Answer<Output> = { output: Output } | { failure: unknown }

/**
 * Does the work of a module in a thread of its own, so that nobody else waits and a file made to be heavy breaks nothing.
 * The module answers `workerData` with one message (`Answer`).
 * @param module its address, `new URL('./x-thread.ts', import.meta.url)`
 * @throws TooHeavy, and whatever the module gave as `failure`
 */
export function apart<Output>(
  module: URL,
  input: unknown,
  { seconds, megabytes }: { seconds: number; megabytes: number },
): Promise<Output> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(module, {
      workerData: input,
      resourceLimits: { maxOldGenerationSizeMb: megabytes },
      stdout: true,
      stderr: true,
    })
    const timer = setTimeout(() => end(() => reject(new TooHeavy(`longer than ${seconds} s`))), seconds * 1000)
    const end = (settle: () => void) => {
      clearTimeout(timer)
      settle()
      void worker.terminate()
    }
    worker.once('message', (answer: Answer<Output>) =>
      end(() => ('output' in answer ? resolve(answer.output) : reject(answer.failure))),
    )
    worker.once('error', (error: NodeJS.ErrnoException) =>
      end(() => reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new TooHeavy('out of memory') : error)),
    )
  })
}
