import type { Config } from '../../lib/config.ts'
import type { Texts } from '../../lib/i18n.ts'
import type { Mailer } from '../../lib/mailer.ts'
import type { Handler, Job } from '../../lib/queue.ts'
import type { JobName, Jobs } from '../../models/jobs.ts'
import { collectDailyMails, makeReminders } from './mail-by-the-clock.ts'
import { closeOverdueAttempts } from './close-overdue-attempts.ts'
import { forgetFiles } from './forget-files.ts'
import { sendMail } from './send-mail.ts'
import { recomputeSessions } from './recompute-sessions.ts'
import { recheckTraining } from '../../models/completing.ts'
import { tellRegraded } from '../../models/regrading.ts'
import { passOnExpired } from '../../models/placing.ts'
import { tellResults } from '../../models/telling-results.ts'
import { turnByDate } from '../../models/turning.ts'
import { tellTraining } from './tell-training.ts'
import { tellAgenda } from './tell-agenda.ts'
import { sweepMaterials } from './sweep-materials.ts'
import { sweepSignInSessions } from './sweep-sign-in-sessions.ts'

/** What jobs work with. Without a mailer, mails stay in the outbox and are read in the platform. */
export type Tools = { config: Config; texts: Texts; mailer: Mailer | undefined }

type Handlers = { [Name in JobName]: (payload: Jobs[Name], job: Job) => Promise<void> }

/** Job name → what is done. A job without a handler does not compile. */
export function handlers(tools: Tools): Record<string, Handler> {
  const all: Handlers = {
    'mail.send': ({ mailId }, job) => sendMail(mailId, tools, job),
    'sessions.recompute': () => recomputeSessions(),
    'training.tell': tellTraining,
    'trainings.turn': async () => void (await turnByDate()),
    'trainings.recheck': ({ trainingId }) => recheckTraining(trainingId),
    'regrades.tell': ({ regradeId }) => tellRegraded(regradeId),
    'offers.pass-on': async () => void (await passOnExpired()),
    'agenda.tell': tellAgenda,
    'evaluations.tell': async () => void (await tellResults()),
    'files.forget': ({ sha256s }) => forgetFiles(sha256s, tools.config.uploadsDir),
    'materials.sweep': () => sweepMaterials(tools.config.uploadsDir),
    'reminders.make': makeReminders,
    'mails.digest': collectDailyMails,
    'sign-in-sessions.sweep': () => sweepSignInSessions(),
    'attempts.close-overdue': () => closeOverdueAttempts(),
  }
  return all as Record<string, Handler>
}
