import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { template } from './database.ts'

const ROOT = new URL('../..', import.meta.url).pathname

/** The platform as a process of its own, on a folder of its own, as a person starts it. */
export class Platform {
  folder = mkdtempSync(join(tmpdir(), 'rtcm-boot-'))
  port = 0
  child: ChildProcess | undefined
  output = ''
  errors = ''

  get origin() {
    return `http://127.0.0.1:${this.port}`
  }

  /** Puts a prepared database there, so that the first start does not make one. */
  async prepare() {
    cpSync(await template(), join(this.folder, 'var/database'), { recursive: true })
    this.port = await freePort()
  }

  /** Starts and waits until it listens or ends. Returns its exit code, or undefined when it listens. */
  async start(env: Record<string, string> = {}): Promise<number | undefined> {
    this.output = ''
    this.errors = ''
    const child = spawn(process.execPath, [join(ROOT, 'server/main.ts')], {
      cwd: this.folder,
      env: {
        PATH: process.env.PATH,
        PORT: String(this.port),
        DATA_DIR: join(this.folder, 'var'),
        UPLOADS_DIR: join(this.folder, 'uploads'),
        LOG_LEVEL: 'info',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.child = child
    child.stderr!.on('data', data => {
      this.errors += data
    })
    return new Promise(resolve => {
      child.stdout!.on('data', data => {
        this.output += data
        if (this.output.includes('"listening"')) resolve(undefined)
      })
      child.on('close', code => resolve(code ?? -1))
    })
  }

  /** Sends a signal and waits for the end; returns the exit code (null when killed). */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    const { child } = this
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null
    child.kill(signal)
    const [code] = await once(child, 'close')
    return code as number | null
  }

  async remove() {
    await this.stop('SIGKILL')
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** A port below those the kernel lends to outgoing connections. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 21_000 + Math.floor(Math.random() * 8000)
    const probe = createServer()
    const free = await new Promise<boolean>(answer => {
      probe.once('error', () => answer(false))
      probe.listen(port, '127.0.0.1', () => probe.close(() => answer(true)))
    })
    if (free) return port
  }
}
