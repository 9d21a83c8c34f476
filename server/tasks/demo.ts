import { createInterface } from 'node:readline/promises'
import { ConfigError, readConfig } from '../../lib/config.ts'
import { inScope, one, sql } from '../../lib/db.ts'
import { DatabaseInUse } from '../../lib/embedded.ts'
import { loadTexts } from '../../lib/i18n.ts'
import { openDatabase } from '../database.ts'
import { fillDemo } from '../demo/index.ts'
import { DEMO_PASSWORD, DEMO_PEOPLE } from '../demo/people.ts'
import { sendMail } from '../jobs/send-mail.ts'

/** `bin/demo [--yes]`: fills the database of DATABASE_URL with the demonstration, after asking. */
try {
  await main()
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof DatabaseInUse)) throw error
  console.error(error.message)
  process.exitCode = 1
}

async function main() {
  const config = readConfig(process.env)
  const database = await openDatabase(config)
  try {
    if (!(await agreed(config.databaseUrl))) {
      console.error('Nothing was changed. `bin/demo --yes` fills the database without asking.')
      process.exitCode = 1
      return
    }
    await fillDemo(config)
    await inScope(() => keepMails(config))
    console.log(`Filled. Sign in with the password ${DEMO_PASSWORD} as`)
    for (const { email, does } of DEMO_PEOPLE) console.log(`  ${email.padEnd(30)} ${does}`)
  } finally {
    await database.close()
  }
}

async function agreed(databaseUrl: string | undefined): Promise<boolean> {
  if (process.argv.includes('--yes')) return true
  if (!process.stdin.isTTY) return false
  const people = await inScope(() => one<{ n: number }>('demo.count', 'select count(*)::int as n from people'))
  const where = databaseUrl ? `${new URL(databaseUrl).host}${new URL(databaseUrl).pathname}` : 'the embedded database'
  console.log(`This puts demonstration people, among them an administrator, with the known password ${DEMO_PASSWORD}`)
  console.log(`into ${where}, which holds ${people!.n} people now. It cannot be taken back.`)
  const line = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await line.question('Type "yes" to go on: ')
  line.close()
  return answer.trim().toLowerCase() === 'yes'
}

/** Letters to the invented people are written and kept: no mail server is troubled with addresses that do not exist. */
async function keepMails(config: ReturnType<typeof readConfig>) {
  const texts = loadTexts(new URL('../../locales', import.meta.url).pathname)
  const mails = await sql<{ id: string }>(
    'demo.mails',
    `select id from mails where sent_at is null and kept_at is null and address like '%@rtcm.example' order by id`,
  )
  for (const { id } of mails) {
    await sendMail(id, { config, texts, mailer: undefined })
    await sql('demo.mail-job', `delete from jobs where name = 'mail.send' and payload ->> 'mailId' = $1`, [id])
  }
}
