import { chances } from '../chance.ts'
import { FAULTS, type Fault } from '../line.ts'

/** What happens in one test on a bad line; `device` is the first or the second of the learner's. */
export type Act =
  | { act: 'answer'; device: number; question: number; option: number }
  | { act: 'line'; is: Fault | 'whole' }
  | { act: 'tab dies'; device: number; how: 'closed' | 'crashed' }
  | { act: 'wait'; ms: number }

export type Plan = { devices: number; acts: Act[] }

const ACTS = 26

/**
 * What happens in a test, by its seed: answers while the line suffers and recovers, tabs that die in between, and on
 * every third one a second device. Every fault in turn is there from the beginning, so that no chance leaves one out.
 */
export function planned(seed: string, number: number, questions: number): Plan {
  const chance = chances(`${seed} ${number}`)
  const upTo = (count: number) => Math.floor(chance() * count)
  const devices = number % 3 === 2 ? 2 : 1
  const acts: Act[] = [{ act: 'line', is: FAULTS[number % FAULTS.length]! }]
  while (acts.length < ACTS) {
    const which = chance()
    const device = upTo(devices)
    if (which < 0.5) acts.push({ act: 'answer', device, question: 1 + upTo(questions), option: upTo(3) })
    else if (which < 0.65) acts.push({ act: 'line', is: FAULTS[upTo(FAULTS.length)]! })
    else if (which < 0.75) acts.push({ act: 'line', is: 'whole' })
    else if (which < 0.83) acts.push({ act: 'tab dies', device, how: upTo(2) ? 'closed' : 'crashed' })
    else acts.push({ act: 'wait', ms: 20 + upTo(400) })
  }
  return { devices, acts }
}
