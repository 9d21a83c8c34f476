import { log } from '../../lib/log.ts'
import { now } from '../../lib/time.ts'
import { type JobName, later } from '../../models/jobs.ts'
import { refreshContact } from '../../models/settings.ts'

/** All recurring work on one page: what, and every how many minutes. */
const RECURRING: { job: JobName; everyMinutes: number }[] = [
  { job: 'trainings.turn', everyMinutes: 60 },
  { job: 'offers.pass-on', everyMinutes: 10 },
  { job: 'sign-in-sessions.sweep', everyMinutes: 60 },
  { job: 'attempts.close-overdue', everyMinutes: 1 },
  { job: 'sessions.recompute', everyMinutes: 1440 },
  { job: 'evaluations.tell', everyMinutes: 15 },
  { job: 'materials.sweep', everyMinutes: 1440 },
  { job: 'reminders.make', everyMinutes: 5 },
  { job: 'mails.digest', everyMinutes: 15 },
]

/** Queues what is due, once per slot however many processes run: the slot is the job's key. */
export async function queueRecurring() {
  for (const { job, everyMinutes } of RECURRING) {
    const slot = Math.floor(now().epochMilliseconds / (everyMinutes * 60_000))
    await later(job, {} as never, { key: `${job}:${slot}`, priority: 7 })
  }
}

export function startSchedule() {
  const tick = () =>
    Promise.all([queueRecurring(), refreshContact()]).catch(error =>
      log.error({ err: error }, 'the schedule cannot reach the database'),
    )
  void tick()
  const timer = setInterval(tick, 20_000)
  return { stop: () => clearInterval(timer) }
}
