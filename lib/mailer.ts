import { createTransport, type Transporter } from 'nodemailer'
import { Hopeless, LANES, Unreachable } from './queue.ts'

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
 * @throws Hopeless when the server refuses this mail for good, Unreachable when it does not answer or cuts the line
 */
export function createMailer(url: string, { patienceMs = 60_000, connections = LANES.length } = {}): Mailer {
  const step = Math.min(10_000, patienceMs)
  const transport: Transporter = createTransport(url, {
    pool: true,
    // One for each lane: a mail that hangs takes no line from the others.
    maxConnections: connections,
    // A cut connection is ours to try again, with backoff and in the queue where staff see it.
    maxRequeues: 0,
    connectionTimeout: step,
    greetingTimeout: step,
    socketTimeout: Math.min(30_000, patienceMs),
  } as never)
  return {
    async send({ to, messageId, headers = {}, calendars = [], ...letter }) {
      const mail = {
        ...letter,
        ...partsOf(calendars),
        // As an object it is one address, whatever is in it.
        to: { name: '', address: to },
        messageId,
        headers: { 'Auto-Submitted': 'auto-generated', ...headers },
        disableFileAccess: true,
        disableUrlAccess: true,
        signal: AbortSignal.timeout(patienceMs),
      }
      await transport.sendMail(mail as never).catch(error => {
        throw kindOf(error)
      })
    },
    close: () => transport.close(),
  }
}

/**
 * What kind of failure an answer is. A refusal of the recipient or of the mail for good (5yz) will not change; a refusal
 * of our name as sender or of our password will, once staff see it. No answer at all says nothing about the mail.
 */
function kindOf(error: Error & { code?: string; command?: string; responseCode?: number }): Error {
  const { code = '', command = '', responseCode = 0, message, name } = error
  const refused = code === 'EENVELOPE' || code === 'EMESSAGE'
  const forGood = responseCode >= 500 || (!responseCode && code === 'EENVELOPE')
  if (refused && forGood && command !== 'MAIL FROM') return new Hopeless(message, { cause: error })
  if (!refused && (OUTAGES.includes(code) || name === 'AbortError' || name === 'TimeoutError'))
    return new Unreachable(message, { cause: error })
  return error
}

const OUTAGES = [
  'ECONNECTION',
  'ETIMEDOUT',
  'ESOCKET',
  'EDNS',
  'ETLS',
  'EPROTOCOL',
  'EAUTH',
  'ECONNREFUSED',
  'ECONNRESET',
]

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
