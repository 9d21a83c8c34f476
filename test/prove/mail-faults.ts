import type { Proof } from './entries.ts'

const test = 'test/mail-faults.test.ts'

export const mailFaults: Proof[] = [
  {
    promise:
      'What a mail server stored without saying so comes again under the same Message-ID, and nothing else twice',
    test,
    only: 'cuts after storing',
    file: 'server/jobs/send-mail.ts',
    find: 'where id = $1 and sent_at is null`,\n    [mailId],',
    replace: 'where id = $1 and sent_at is null and tries = 0`,\n    [mailId],',
  },
  {
    promise: 'After a mail server was down for two hours everything is delivered within five minutes',
    test,
    only: 'is down for two hours',
    file: 'lib/queue.ts',
    find: 'error instanceof Unreachable ? Math.min(backoff(tries), OUTAGE_STEP) : backoff(tries)',
    replace: 'error instanceof Hopeless ? Math.min(backoff(tries), OUTAGE_STEP) : backoff(tries)',
  },
  {
    promise: 'Staff see how old the queue is while the mail server is away, not only what is due this minute',
    test,
    only: 'is down for two hours',
    file: 'lib/queue.ts',
    find: 'min(case when tries > 0 then created_at else run_at end) filter (where failed_at is null and (tries > 0 or run_at <= $1))',
    replace: 'min(run_at) filter (where failed_at is null and run_at <= $1)',
  },
  {
    promise: 'An outage of the mail server is waited for, two days long',
    test,
    only: 'away for two days',
    file: 'lib/queue.ts',
    find: 'return !(error instanceof Unreachable) || ',
    replace: 'return true || ',
  },
  {
    promise: 'What a mail server refuses for good is failed at once, for staff to see',
    test,
    only: 'refuses one recipient for good',
    file: 'lib/queue.ts',
    find: '  if (error instanceof Hopeless) return true\n',
    replace: '',
  },
  {
    promise: 'A mail that hangs holds up no other',
    test,
    only: 'while a mail hangs',
    file: 'lib/queue.ts',
    find: 'export const LANES = [3, 6, 9, 9]',
    replace: 'export const LANES = [3, 9]',
  },
  {
    promise: 'A mail server that is away is not asked for every mail that waits',
    test,
    only: 'spares the others the try',
    file: 'lib/queue.ts',
    find: '  const job = await claim(maxPriority, away && awayNow(away))\n',
    replace: '  const job = await claim(maxPriority)\n',
  },
  {
    promise: 'A worker killed before the yes of the mail server has marked nothing',
    test: 'test/races/kill-points.test.ts',
    on: 'postgres',
    file: 'server/jobs/send-mail.ts',
    find: '  await tools.mailer.send({',
    replace:
      "  await sql(null, 'update mails set sent_at = $2 where id = $1', [mail.id, now()])\n  await tools.mailer.send({",
  },
  {
    promise: 'A worker killed with a job in its hands loses nothing',
    test: 'test/races/kill-points.test.ts',
    on: 'postgres',
    file: 'lib/queue.ts',
    find: '  if (away) lastBegun = now()\n',
    replace: '  if (away) lastBegun = now()\n  await done(job)\n',
  },
  {
    promise: 'A mail of any kind stays under 30 kB of text and HTML',
    test: 'test/letters.test.ts',
    file: 'server/mail/fitting.ts',
    find: 'const MOST_CHARACTERS = 5000',
    replace: 'const MOST_CHARACTERS = 50_000',
  },
  {
    promise: 'A mail of any kind says that it can be read in the dark',
    test: 'test/letters.test.ts',
    file: 'views/mail/letter.ejs',
    find: '<meta name="color-scheme" content="light dark">\n',
    replace: '',
  },
  {
    promise: 'Every optional mail can be stopped from the mail program',
    test: 'test/letters.test.ts',
    file: 'server/mail/index.ts',
    find: "    headers: { 'List-Unsubscribe': `<${site(path)}>`, ",
    replace: '    headers: { ',
  },
  {
    promise: 'News of one event never waits behind bulk that hangs',
    test,
    only: 'while bulk hangs',
    file: 'lib/queue.ts',
    find: 'export const LANES = [3, 6, 9, 9]',
    replace: 'export const LANES = [3, 9, 9]',
  },
]
