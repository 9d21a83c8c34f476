import { createTransport, type Transporter } from 'nodemailer'

export type Letter = {
  to: string
  from: string
  subject: string
  text: string
  html: string
  messageId: string
  headers?: Record<string, string>
  /** Calendar messages (iMIP, RFC 6047), each of one method. */
  calendars?: { method: string; filename: string; text: string }[]
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
    async send({ to, messageId, headers = {}, calendars = [], ...letter }) {
      await transport.sendMail({
        ...letter,
        ...partsOf(calendars),
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

/**
 * The first calendar message is an alternative of the text: programs that know calendars show it as an invitation. A
 * mail has room for one such part, of one method; all are attached as files too, for the others and for the rest.
 */
function partsOf(calendars: NonNullable<Letter['calendars']>) {
  const type = (method: string) => `text/calendar; charset=utf-8; method=${method}`
  const [first] = calendars
  if (!first) return {}
  return {
    alternatives: [{ contentType: type(first.method), content: first.text, contentTransferEncoding: 'base64' }],
    attachments: calendars.map(({ method, filename, text }, index) => ({
      filename,
      content: text,
      // The same message again, for programs that take files only; not to be counted twice by those that read both.
      contentType: index === 0 ? 'application/ics' : type(method),
      contentDisposition: 'attachment',
    })),
  }
}
