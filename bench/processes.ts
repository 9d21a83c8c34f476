import { type ChildProcess, fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { one } from '../lib/db.ts'

export const SECRET = 'bench-only-secret-of-more-than-32-letters-0123456789'

const started: ChildProcess[] = []
// Whatever ends the run ends its servers with it.
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    for (const child of started) child.kill('SIGKILL')
    process.exit(1)
  })

/** Ends what was started. */
export const stopAll = () => {
  for (const child of started.splice(0)) child.kill('SIGTERM')
}

/** Starts a server as a process of its own and waits until it listens. @param onLog gets its lines about requests */
export function start(
  file: string,
  port: number,
  onLog: (line: string) => void = () => {},
  env: Record<string, string> = {},
): Promise<ChildProcess> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), {
    env: {
      ...process.env,
      PORT: String(port),
      BASE_URL: `http://localhost:${port}`,
      SESSION_SECRET: SECRET,
      DATA_KEY: Buffer.from(Array.from({ length: 32 }, (_, index) => index * 7)).toString('base64'),
      NODE_ENV: 'production',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  started.push(child)
  return new Promise((resolve, reject) => {
    child.once('exit', code => reject(new Error(`${file} ended with ${code}`)))
    child.once('message', () => resolve(child))
    let rest = ''
    child.stdout!.on('data', (part: Buffer) => {
      const lines = (rest + part).split('\n')
      rest = lines.pop()!
      for (const line of lines) {
        if (line.includes('"msg":"listening"')) resolve(child)
        else if (line.startsWith('{') && line.includes('"queries"')) onLog(line)
      }
    })
  })
}

/** The process whose children are the connections of PostgreSQL. */
export async function postmasterPid(): Promise<number> {
  const row = await one<{ pid: number }>(null, 'select pg_backend_pid() as pid')
  return Number(readFileSync(`/proc/${row!.pid}/stat`, 'utf8').split(') ')[1]!.split(' ')[1])
}
