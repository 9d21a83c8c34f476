import { chances } from '../../support/chance.ts'

/** Where a life of the worker ends. */
export const POINTS = [
  'before commit',
  'after commit',
  'after claim',
  'before yes',
  'after yes',
  'after mark',
  'by time',
] as const
export type Point = (typeof POINTS)[number]

export const ACTS = ['enroll', 'withdraw', 'move', 'call off', 'write to all', 'undone'] as const
export type Act = (typeof ACTS)[number]

/** One life: what it does, and where it is killed: at the n-th act or mail, or after so many milliseconds. */
export type Life = {
  number: number
  acts: { act: Act; chance: number }[]
  point: Point | 'none'
  at: number
  /** When it begins, on the clock of the trial. */
  from: string
  trainingId: string
  coordinatorId: string
  /** People who are nowhere yet. */
  fresh: string[]
}

/** The acts of a life and its end, by the seed: every named point in turn, and by time once in two. */
export function planned(seed: string, number: number): Pick<Life, 'acts' | 'point' | 'at'> {
  const chance = chances(`${seed} ${number}`)
  const pick = <T>(all: readonly T[]) => all[Math.floor(chance() * all.length)]!
  const acts: Act[] = ['enroll', 'enroll', ...Array.from({ length: 5 }, () => pick(ACTS))]
  acts.sort(() => chance() - 0.5)
  const named = POINTS.filter(point => point !== 'by time')
  const point = number % 2 ? 'by time' : named[(number / 2) % named.length]!
  const at = point === 'by time' ? Math.floor(chance() * 900) : Math.floor(chance() * 7)
  return { acts: acts.map(act => ({ act, chance: chance() })), point, at }
}
