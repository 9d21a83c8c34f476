import { Agent, type IncomingHttpHeaders, request } from 'node:http'

export type Ask = { method?: string; path: string; headers?: Record<string, string>; body?: string }
export type Answer = { status: number; bytes: number; headers: IncomingHttpHeaders; text(): string }

/** One keep-alive client of so many lines: bytes are counted as they come over the line, compressed. */
export function client(port: number, lines = 4) {
  const agent = new Agent({ keepAlive: true, maxSockets: lines })
  const ask = ({ method = 'GET', path, headers = {}, body }: Ask): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const sent = request(
        {
          port,
          host: '127.0.0.1',
          agent,
          method,
          path,
          headers: {
            'accept-encoding': 'gzip',
            accept: 'text/html',
            ...headers,
            ...(body ? { 'content-length': Buffer.byteLength(body) } : {}),
          },
        },
        answer => {
          const parts: Buffer[] = []
          answer.on('data', part => parts.push(part))
          answer.on('end', () => {
            const whole = Buffer.concat(parts)
            resolve({
              status: answer.statusCode!,
              bytes: whole.length,
              headers: answer.headers,
              text: () => whole.toString(),
            })
          })
        },
      )
      sent.on('error', reject)
      sent.end(body)
    })
  return { ask, close: () => agent.destroy() }
}
