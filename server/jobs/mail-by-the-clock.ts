import { log } from '../../lib/log.ts'
import { makeDigests } from '../../models/digesting.ts'
import { remind } from '../../models/reminding.ts'

/** Reminders that are due now, by what people have been told. */
export async function makeReminders() {
  const count = await remind()
  if (count) log.info({ count }, 'reminders made')
}

/** Daily mails of those whose morning it is. */
export async function collectDailyMails() {
  const count = await makeDigests()
  if (count) log.info({ count }, 'daily mails made')
}
