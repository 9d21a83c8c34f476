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

/** Hands mails to the SMTP server at `url`. Times out rather than hang; every call is one attempt. */
export function createMailer(url: string): Mailer {
  const transport: Transporter = createTransport(url, {
    pool: true,
    maxConnections: 2,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
  } as never)
  return {
    async send({ messageId, headers = {}, ...letter }) {
      await transport.sendMail({
        ...letter,
        messageId,
        headers: { 'Auto-Submitted': 'auto-generated', ...headers },
        disableFileAccess: true,
        disableUrlAccess: true,
      })
    },
    close: () => transport.close(),
  }
}
