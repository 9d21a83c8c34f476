import { setTimeout as sleep } from 'node:timers/promises'
import type { Counted, Given } from './history.ts'

/** Where a learner's answers go, and with which sign-in session. */
export type Way = { address: string; cookie: string; csrf: string }

const PATIENCE_MS = 100

/**
 * A device without a browser, which keeps and sends answers by the rules of public/js/autosave.js: it counts its changes,
 * sends what waits one request at a time and in order, and keeps each answer until the platform has said it is saved.
 */
export class Keeper {
  readonly given: Given[] = []
  readonly acknowledged: Counted[] = []
  private readonly device: string
  private readonly way: Way
  private waiting: Counted[] = []
  private counter = 0
  private leaving = 0
  private over = false
  private sending: Promise<void>

  constructor(device: string, way: Way) {
    this.device = device
    this.way = way
    this.sending = this.send()
  }

  give(question: number, value: string[]) {
    const { device } = this
    this.given.push({ device, question, value })
    // An older change of the same question that has not left yet has nothing to add.
    this.waiting = this.waiting.filter(each => each.question !== question || each.counter <= this.leaving)
    this.waiting.push({ device, question, value, counter: ++this.counter })
  }

  /** Gives nothing more, and resolves when nothing waits. */
  async end() {
    this.over = true
    await this.sending
  }

  private async send() {
    while (!this.over || this.waiting.length) {
      const batch = this.waiting.slice(0, 100)
      this.leaving = batch.at(-1)?.counter ?? this.leaving
      const saved = batch.length ? await this.post(batch) : []
      this.acknowledged.push(...batch.filter(each => saved.includes(each.counter)))
      this.waiting = this.waiting.filter(each => !saved.includes(each.counter))
      if (!saved.length) await sleep(PATIENCE_MS)
    }
  }

  /** The counters that the platform says are saved; none when it does not answer. */
  private async post(batch: Counted[]): Promise<number[]> {
    const { address, cookie, csrf } = this.way
    const answers = batch.map(({ question, value, counter }) => ({ question, value, counter, ms: counter }))
    try {
      const answer = await fetch(address, {
        method: 'POST',
        headers: { cookie, 'x-csrf-token': csrf, 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify({ device: this.device, answers }),
        signal: AbortSignal.timeout(5000),
      })
      return answer.ok ? ((await answer.json()) as { saved: number[] }).saved : []
    } catch {
      return []
    }
  }
}
