import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from '../../../lib/db.ts'
import { itemsOf } from '../../../models/attempt.ts'
import { anEnrollment, type SomeTraining } from '../trainings.ts'
import { aLine, type Line } from '../line.ts'
import { aPerson } from '../people.ts'
import { Device } from './device.ts'
import { type Counted, faultsOf, type History } from './history.ts'
import { type Act, planned } from './plan.ts'

/** What one test on a bad line came to. */
export type Outcome = {
  number: number
  faults: string[]
  given: number
  acknowledged: number
  died: number
  stored: number
}

/** One learner takes a test over lines that suffer as the seed says; then the lines are whole, and all is compared. */
export async function tryLine(site: string, training: SomeTraining, seed: string, number: number): Promise<Outcome> {
  const { devices, acts } = planned(seed, number, training.course.items.length)
  const person = await aPerson()
  const { id } = await anEnrollment(training, person)
  const lines = await Promise.all(Array.from({ length: devices }, () => aLine(site)))
  const there: Device[] = []
  try {
    for (const line of lines) there.push(await Device.at(line.origin, person, training.code))
    for (const act of acts) await happens(act, lines, there)
    for (const line of lines) line.mend()
    for (const device of there) await device.settle()
    const history = await historyOf(id, there)
    const { given, acknowledged, record } = history
    return {
      number,
      faults: faultsOf(history).map(fault => `test ${number}: ${fault}`),
      given: given.length,
      acknowledged: acknowledged.length,
      stored: record.length,
      died: acts.filter(({ act }) => act === 'tab dies').length,
    }
  } catch (error) {
    const faults = [`test ${number} did not come to its end: ${(error as Error).message}`]
    return { number, faults, given: 0, acknowledged: 0, stored: 0, died: 0 }
  } finally {
    for (const device of there) await device.close()
    for (const line of lines) await line.close()
  }
}

async function happens(act: Act, lines: Line[], devices: Device[]) {
  if (act.act === 'answer') return devices[act.device]!.answer(act.question, act.option)
  if (act.act === 'wait') return sleep(act.ms)
  if (act.act === 'tab dies') return devices[act.device]!.die(act.how)
  for (const line of lines) act.is === 'whole' ? line.mend() : line.suffer(act.is)
}

/** What was given and heard on the devices, beside what is in the record of the enrollment's attempt. */
export async function historyOf(
  enrollmentId: string,
  devices: Pick<Device, 'given' | 'acknowledged'>[],
): Promise<History> {
  const record = await sql<Counted & { attempt: string }>(
    null,
    `select a.id as attempt, x.device, x.counter::int, ai.position as question, x.value from attempts a
     join answers x on x.attempt_id = a.id
     join attempt_items ai on ai.attempt_id = a.id and ai.item_version_id = x.item_version_id
     where a.enrollment_id = $1 order by x.id`,
    [enrollmentId],
  )
  const items = record[0] ? await itemsOf(record[0].attempt) : []
  return {
    given: devices.flatMap(device => device.given),
    acknowledged: devices.flatMap(device => device.acknowledged),
    record: record.map(({ attempt: _, ...row }) => row),
    counting: Object.fromEntries(items.flatMap(({ position, value }) => (value ? [[position, value]] : []))),
  }
}
