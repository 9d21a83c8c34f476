import { inTransaction, one, sql } from '../lib/db.ts'
import { revive } from '../lib/queue.ts'
import type { Actor } from './actor.ts'
import { record } from './audit.ts'
import { later } from './jobs.ts'
import { Refused } from './refused.ts'

/** Gives a failed job all its tries again, at once. @throws Refused when it has not failed (any more) */
export async function tryAgain(actor: Actor, jobId: string) {
  await inTransaction(async () => {
    if (!(await revive(jobId))) throw new Refused('jobs.notFailed')
    await record(actor, 'job.retried', 'job', jobId)
  })
}

/** The same for all failed jobs; returns how many there were. */
export async function tryAllAgain(actor: Actor): Promise<number> {
  return inTransaction(async () => {
    const count = await revive(null)
    if (count) await record(actor, 'job.retried', 'job', 'all', { count })
    return count
  })
}

/**
 * Sends a mail that failed, or that was kept while no mail server was set up.
 * @throws Refused when it is sent, or waits anyway
 */
export async function sendAgain(actor: Actor, mailId: string) {
  await inTransaction(async () => {
    const [mail] = await sql(
      'mail.again',
      `update mails set failed_at = null, kept_at = null
       where id = $1 and sent_at is null and (failed_at is not null or kept_at is not null) returning id`,
      [mailId],
    )
    if (!mail) throw new Refused('mails.notKept')
    const job = await one<{ id: string }>(
      'mail.job',
      `select id from jobs where name = 'mail.send' and payload ->> 'mailId' = $1`,
      [mailId],
    )
    if (job) await revive(job.id)
    else await later('mail.send', { mailId })
    await record(actor, 'mail.resent', 'mail', mailId)
  })
}
