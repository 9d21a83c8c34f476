import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Why a document was not made. `input`: asking again gives the same answer; the others may pass another time. */
export type PdfFailureReason = 'input' | 'crash' | 'timeout' | 'closed'

/** Thrown by `make`. The message says what happened, for a log or for staff. */
export class PdfFailure extends Error {
  readonly reason: PdfFailureReason

  constructor(reason: PdfFailureReason, message: string) {
    super(message)
    this.name = 'PdfFailure'
    this.reason = reason
  }
}

/** Makes PDF documents from the Typst templates of one folder. */
export type PdfMaker = {
  /**
   * Typesets `<templates>/<template>.typ`. The texts reach the template only as `sys.inputs`, so nothing in them is ever
   * read as markup. The same inputs give the same bytes. Rejects with `PdfFailure`.
   */
  make(template: string, inputs: Record<string, string>): Promise<Buffer>
  /** Stops at once; what was waiting is refused with reason `closed`. */
  close(): void
  /** The process that typesets now, if one runs. */
  readonly pid: number | undefined
}

export type PdfMakerOptions = {
  /** Documents after which the process is replaced: the compiler's memory grows with each. */
  recycleAfter?: number
  /** Milliseconds one document may take. */
  timeoutMs?: number
  /** The folder of the templates; a template can read nothing outside it. */
  templates?: URL
}

/** What the parent asks and the child answers: one at a time, so an answer always belongs to the last question. */
export type PdfQuestion = { template: string; inputs: Record<string, string> }
export type PdfAnswer = { pdf: Uint8Array } | { error: string }

type Waiting = PdfQuestion & { resolve(pdf: Buffer): void; reject(failure: PdfFailure): void }

/**
 * Typesets in a child process: a native crash or a runaway document costs that document and nothing else. The child starts
 * with the first document, is replaced after `recycleAfter`, after a crash and after a timeout, knows no secret of the
 * platform, and does not keep the platform's process alive while it has nothing to do.
 */
export function createPdfMaker(options: PdfMakerOptions = {}): PdfMaker {
  const { recycleAfter = 300, timeoutMs = 30_000, templates = new URL('../views/pdf/', import.meta.url) } = options
  const queue: Waiting[] = []
  let child: ChildProcess | undefined
  let current: Waiting | undefined
  let timer: NodeJS.Timeout | undefined
  let made = 0
  let closed = false

  function next() {
    if (current || closed) return
    current = queue.shift()
    if (!current) return
    child ??= start()
    // The child is not counted among the reasons to stay alive; this timer is, as long as someone waits.
    timer = setTimeout(() => lose('timeout', `took longer than ${timeoutMs} ms`), timeoutMs)
    child.send({ template: current.template, inputs: current.inputs } satisfies PdfQuestion, error => {
      if (error) lose('crash', `could not be asked for: ${error.message}`)
    })
  }

  function start() {
    const started = startChild(templates)
    let complaint = ''
    made = 0
    started.stderr?.on('data', text => {
      complaint = (complaint + text).slice(-2000)
    })
    started.on('message', (answer: PdfAnswer) => child === started && settle(answer))
    started.on('error', error => child === started && lose('crash', error.message))
    started.on('close', (code, signal) => {
      if (child === started) lose('crash', `the process ended (${signal ?? code}) ${complaint.trim()}`.trim())
    })
    return started
  }

  function settle(answer: PdfAnswer) {
    const done = finish()
    made += 1
    if (made >= recycleAfter) drop()
    if ('pdf' in answer) done?.resolve(Buffer.from(answer.pdf.buffer, answer.pdf.byteOffset, answer.pdf.byteLength))
    else done?.reject(new PdfFailure('input', `${done.template}: ${answer.error}`))
    next()
  }

  function lose(reason: PdfFailureReason, what: string) {
    drop()
    const lost = finish()
    lost?.reject(new PdfFailure(reason, `${lost.template}: ${what}`))
    next()
  }

  function finish() {
    clearTimeout(timer)
    const done = current
    current = undefined
    return done
  }

  function drop() {
    const dropped = child
    child = undefined
    dropped?.kill('SIGKILL')
  }

  return {
    make(template, inputs) {
      if (closed) return Promise.reject(new PdfFailure('closed', `${template}: the maker of documents is closed`))
      return new Promise((resolve, reject) => {
        queue.push({ template, inputs, resolve, reject })
        next()
      })
    },
    close() {
      closed = true
      const waiting = [...(current ? [current] : []), ...queue.splice(0)]
      finish()
      drop()
      for (const one of waiting) one.reject(new PdfFailure('closed', `${one.template}: stopped before it was made`))
    },
    get pid() {
      return child?.pid
    },
  }
}

function startChild(templates: URL) {
  const child = fork(new URL('./pdf-child.ts', import.meta.url), [fileURLToPath(templates)], {
    serialization: 'advanced',
    // Its own environment: no DATABASE_URL, no keys. Its own flags: no debugger port, no preloaded modules.
    env: { TZ: 'UTC', LANG: 'C.UTF-8' },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  child.unref()
  child.channel?.unref()
  const errors = child.stderr as unknown as { unref?(): void } | null
  errors?.unref?.()
  return child
}
