import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'

export type Caught = { from: string; to: string[]; raw: Buffer; mail: ParsedMail }
export type MailServer = { url: string; caught: Caught[]; close(): Promise<void> }

/**
 * A real SMTP server that keeps what it gets. `onMail` may refuse (throw, with responseCode) or wait before the
 * server says yes.
 */
export async function aMailServer(onMail: (raw: Buffer) => Promise<void> | void = () => {}): Promise<MailServer> {
  const caught: Caught[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    closeTimeout: 100,
    onData(stream, session, done) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', async () => {
        const raw = Buffer.concat(parts)
        try {
          await onMail(raw)
          caught.push({
            from: session.envelope.mailFrom ? session.envelope.mailFrom.address : '',
            to: session.envelope.rcptTo.map(each => each.address),
            raw,
            mail: await simpleParser(raw),
          })
          done()
        } catch (error) {
          done(error as Error)
        }
      })
    },
  })
  server.on('error', () => {})
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    caught,
    close: () => new Promise(resolve => server.close(() => resolve())),
  }
}

/** A server that is no mail server: what it does with a connection is `behave`. */
export async function aBadServer(behave: (socket: Socket) => void): Promise<{ url: string; close(): Promise<void> }> {
  const sockets = new Set<Socket>()
  const server = createServer(socket => {
    sockets.add(socket)
    socket.on('error', () => {})
    behave(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise(resolve => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}
