import type { Value } from '../../models/items/kind.ts'
import { chance } from '../../test/support/chance.ts'
import { type Answer, client } from '../requests.ts'
import type { Seeded } from '../seed.ts'
import { arrive } from './arriving.ts'

/** One answer that the platform has acknowledged; `learner` counts from 0. */
export type Acknowledged = { learner: number; position: number; counter: number; value: Value }

/** What one kind of press cost those who pressed: milliseconds each, and the wait that 95 of 100 may not exceed. */
export type Phase = { name: string; goalMs?: number; waits: number[] }

/** How long each part lasts, and how many answers are saved in a second meanwhile. */
export const PACE = { startMs: 30_000, saveMs: 30_000, savesASecond: 100, handInMs: 60_000 }

/** Every so manyth learner presses start twice, as impatient people do. */
const TWICE = 10
/** Lines to the platform, as a proxy holds them. Who comes when all are busy waits, and that counts. */
const LINES = 512

/** The learners of one storm, each in a browser of their own: what they press, and what came back. */
export class Storm {
  readonly phases: Phase[] = []
  readonly errors: string[] = []
  readonly acknowledged: Acknowledged[] = []
  private readonly line
  private readonly sessionOf: Seeded['sessionOf']
  private readonly learners: number
  private readonly path: string

  constructor(port: number, sessionOf: Seeded['sessionOf'], code: string, learners: number) {
    this.line = client(port, LINES)
    this.sessionOf = sessionOf
    this.learners = learners
    this.path = `/en/trainings/${code}/attempts`
  }

  /** Everybody presses start; their browsers go on to the first page of questions. */
  async start() {
    const [start, page] = [this.phase('start', 500), this.phase('first page after it')]
    await arrive(this.learners, PACE.startMs, 'start', async (learner, waited) => {
      const presses = learner % TWICE ? 1 : 2
      const answers = await Promise.all(Array.from({ length: presses }, () => this.press(learner, '')))
      start.waits.push(waited())
      for (const answer of answers) this.expect(answer, 303, '/attempts/1/1')
      this.expect(await this.look(learner, '/1/1'), 200)
      page.waits.push(waited())
    })
  }

  /** Answers are saved all over the group. @param answers what each learner answers to each question */
  async save(answers: Value[][]) {
    const save = this.phase('save', 50)
    const counters = new Map<number, number>()
    const count = (PACE.savesASecond * PACE.saveMs) / 1000
    await arrive(count, PACE.saveMs, 'save', async (index, waited) => {
      const learner = Math.floor(chance(`who ${index}`) * this.learners)
      const position = 1 + Math.floor(chance(`what ${index}`) * answers[learner]!.length)
      const counter = (counters.get(learner) ?? 0) + 1
      counters.set(learner, counter)
      // One in five takes an answer back again.
      const value = chance(`how ${index}`) < 0.2 ? [] : answers[learner]![position - 1]!
      const answer = await this.send(learner, { question: position, value, counter, ms: 1000 * counter })
      save.waits.push(waited())
      this.expect(answer, 200)
      if (answer.status === 200 && JSON.parse(answer.text()).saved.includes(counter))
        this.acknowledged.push({ learner, position, counter, value })
    })
  }

  /** Everybody hands in; their browsers go on to the result. */
  async handIn() {
    const [handIn, page] = [this.phase('hand in', 500), this.phase('result after it')]
    await arrive(this.learners, PACE.handInMs, 'hand in', async (learner, waited) => {
      const answer = await this.press(learner, '/1/handing-in')
      handIn.waits.push(waited())
      this.expect(answer, 303, '/attempts/1/result')
      this.expect(await this.look(learner, '/1/result'), 200)
      page.waits.push(waited())
    })
  }

  close() {
    this.line.close()
  }

  /** The device whose answers a learner sends. */
  static deviceOf = (learner: number): string => `bench-storm-${learner}`

  private phase(name: string, goalMs?: number): Phase {
    const phase = { name, waits: [], ...(goalMs ? { goalMs } : {}) }
    this.phases.push(phase)
    return phase
  }

  private press(learner: number, to: string): Promise<Answer> {
    const { cookie, csrf } = this.sessionOf(learner)
    const headers = { cookie, 'content-type': 'application/x-www-form-urlencoded' }
    return this.line.ask({ method: 'POST', path: this.path + to, headers, body: `_csrf=${csrf}` })
  }

  private look(learner: number, at: string): Promise<Answer> {
    return this.line.ask({ path: this.path + at, headers: { cookie: this.sessionOf(learner).cookie } })
  }

  private send(learner: number, answer: object): Promise<Answer> {
    const { cookie, csrf } = this.sessionOf(learner)
    return this.line.ask({
      method: 'POST',
      path: `${this.path}/1/answers`,
      headers: { cookie, 'x-csrf-token': csrf, 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ device: Storm.deviceOf(learner), answers: [answer] }),
    })
  }

  private expect({ status, headers }: Answer, wanted: number, leadsTo = '') {
    if (status !== wanted || !(headers.location ?? '').endsWith(leadsTo))
      this.errors.push(`${status} ${headers.location ?? ''} where ${wanted} ${leadsTo} is right`)
  }
}
