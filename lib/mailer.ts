import { createTransport, type Transporter } from 'nodemailer'

export type Letter = {
  to: string
  from: string
  subject: string
  text: string
  html: string
  messageId: string
  headers?: Record<string, string>
}

export type Mailer = { send(letter: Letter): Promise<void>; close(): void }

/**
 * Hands mails to the SMTP server at `url`. One call is one attempt: it resolves when the server has taken the mail and
 * rejects otherwise, within `patienceMs` however the server behaves (well under the lease of the job that calls it).
 */
export function createMailer(url: string, { patienceMs = 60_000 } = {}): Mailer {
  const step = Math.min(10_000, patienceMs)
  const transport: Transporter = createTransport(url, {
    pool: true,
    maxConnections: 2,
    // A cut connection is ours to try again, with backoff and in the queue where staff see it.
    maxRequeues: 0,
    connectionTimeout: step,
    greetingTimeout: step,
    socketTimeout: Math.min(30_000, patienceMs),
  } as never)
  return {
    async send({ to, messageId, headers = {}, ...letter }) {
      await transport.sendMail({
        ...letter,
        // As an object it is one address, whatever is in it.
        to: { name: '', address: to },
        messageId,
        headers: { 'Auto-Submitted': 'auto-generated', ...headers },
        disableFileAccess: true,
        disableUrlAccess: true,
        signal: AbortSignal.timeout(patienceMs),
      } as never)
    },
    close: () => transport.close(),
  }
}
