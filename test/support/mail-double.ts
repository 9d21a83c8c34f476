import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'

/** How a mail server misbehaves. What it says of a mail it also means: only 'cuts after storing' keeps one unheard. */
export type Fault =
  | 'hangs before greeting'
  | 'hangs after the mail'
  | 'cuts in the mail'
  | 'cuts before yes'
  | 'cuts after storing'
  | 'is busy'
  | 'greylists'
  | 'trickles'

/** A mail it has stored: `heard` tells whether its yes was sent. */
export type Stored = { messageId: string; to: string; at: number; heard: boolean; raw: string }

type Options = {
  /** Milliseconds before an answer. */
  latencyMs?: (answer: string) => number
  /** Whether it keeps the text of what it stores. */
  keepsText?: boolean
  /** Called with a whole mail before it is stored. It may wait, or throw: then nothing is stored and the line is cut. */
  beforeYes?: (mail: Stored) => Promise<void> | void
}

/**
 * An SMTP server (RFC 5321, as much as a client needs) whose faults are switched on and off while it runs, and that goes
 * down and comes up again on its port.
 */
export class MailDouble {
  stored: Stored[] = []
  fault: Fault | undefined
  /** Recipients it does not know, for good: 550. */
  unknown = new Set<string>()
  /** Greylisting says 451 so many times to a recipient. */
  patience = 3
  /** How often a client connected, and how many are connected now. */
  connections = 0
  private latencyMs: (answer: string) => number
  private keepsText: boolean
  private port = 0
  private server: Server | undefined
  private sockets = new Set<Socket>()
  private asked = new Map<string, number>()
  private beforeYes: Options['beforeYes']

  constructor({ latencyMs = () => 0, keepsText = true, beforeYes }: Options = {}) {
    this.latencyMs = latencyMs
    this.keepsText = keepsText
    this.beforeYes = beforeYes
  }

  get url() {
    return `smtp://127.0.0.1:${this.port}`
  }

  get open() {
    return this.sockets.size
  }

  /** Listens, on the port it had before. */
  async up(): Promise<this> {
    this.server = createServer(socket => this.meet(socket))
    this.server.listen(this.port, '127.0.0.1')
    await once(this.server, 'listening')
    this.port = (this.server.address() as AddressInfo).port
    return this
  }

  /** Refuses connections from now on, and cuts those it has. */
  async down() {
    const { server } = this
    this.server = undefined
    for (const socket of this.sockets) socket.destroy()
    if (server) await new Promise(resolve => server.close(resolve))
  }

  private meet(socket: Socket) {
    this.connections++
    this.sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => this.sockets.delete(socket))
    if (this.fault === 'hangs before greeting') return
    const line = new Conversation(socket, this)
    void line.say('220 double')
  }

  /** How long it thinks before this answer. */
  delay = (answer: string): Promise<unknown> | undefined => {
    const ms = this.latencyMs(answer)
    return ms ? wait(ms) : undefined
  }

  /** What it answers to a recipient. */
  answerTo(recipient: string): string {
    if (this.unknown.has(recipient)) return '550 5.1.1 No such user here'
    if (this.fault === 'is busy') return '451 4.3.2 Try again later'
    if (this.fault !== 'greylists') return '250 ok'
    const times = (this.asked.get(recipient) ?? 0) + 1
    this.asked.set(recipient, times)
    return times > this.patience ? '250 ok' : '451 4.7.1 Greylisted, come back later'
  }

  /** Takes a whole mail; returns the answer, or undefined when it gives none. */
  async take(mail: Stored, socket: Socket): Promise<string | undefined> {
    const { fault } = this
    if (fault === 'hangs after the mail') return undefined
    if (fault === 'cuts before yes') return void socket.destroy()
    try {
      await this.beforeYes?.(mail)
    } catch {
      return void socket.destroy()
    }
    this.stored.push(this.keepsText ? mail : { ...mail, raw: '' })
    if (fault === 'cuts after storing') return void socket.destroy()
    mail.heard = true
    return STORED
  }
}

/** Its yes to a mail. */
export const STORED = '250 2.0.0 Stored'

/** One connection: commands line by line, and a mail up to its lonely dot. */
class Conversation {
  private rest = ''
  private inMail = false
  private to = ''
  private turn: Promise<unknown> = Promise.resolve()
  private socket: Socket
  private double: MailDouble

  constructor(socket: Socket, double: MailDouble) {
    this.socket = socket
    this.double = double
    socket.setEncoding('latin1')
    socket.on('data', (data: string) => {
      this.rest += data
      this.turn = this.turn.then(() => this.read())
    })
  }

  async say(answer: string) {
    await this.double.delay(answer)
    if (this.double.fault !== 'trickles') return void this.socket.write(`${answer}\r\n`)
    for (const letter of `${answer}\r\n`) {
      if (this.socket.destroyed) return
      this.socket.write(letter)
      await wait(2)
    }
  }

  private async read() {
    for (;;) {
      const end = this.inMail ? this.rest.indexOf('\r\n.\r\n') : this.rest.indexOf('\r\n')
      if (this.inMail && this.double.fault === 'cuts in the mail') return void this.socket.destroy()
      if (end < 0) return
      const piece = this.rest.slice(0, end)
      this.rest = this.rest.slice(end + (this.inMail ? 5 : 2))
      if (this.inMail) await this.endMail(piece)
      else await this.command(piece)
    }
  }

  private async endMail(raw: string) {
    this.inMail = false
    const messageId = /^message-id:\s*(<[^>]+>)/im.exec(raw)?.[1] ?? ''
    const mail = { messageId, to: this.to, at: Date.now(), heard: false, raw: raw.replace(/^\.\./gm, '.') }
    const answer = await this.double.take(mail, this.socket)
    if (answer) await this.say(answer)
  }

  private command(line: string) {
    const verb = line.slice(0, 4).toUpperCase()
    if (verb === 'RCPT') {
      this.to = /<([^>]*)>/.exec(line)?.[1] ?? ''
      return this.say(this.double.answerTo(this.to))
    }
    if (verb === 'DATA') {
      this.inMail = true
      return this.say('354 Go on')
    }
    if (verb === 'QUIT') return this.say('221 Bye').then(() => this.socket.end())
    return this.say('250 ok')
  }
}

const wait = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))
