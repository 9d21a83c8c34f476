import { Router } from 'express'
import { attempts } from './attempts.ts'
import { evaluations } from './evaluations.ts'
import { evaluationsOfTrainings } from './manage/evaluations.ts'
import { homepage } from './homepage.ts'
import { manageAudit } from './manage/audit.ts'
import { manageJobs } from './manage/jobs.ts'
import { manageMails } from './manage/mails.ts'
import { outbox } from './outbox.ts'
import { root } from './root.ts'
import { signIns } from './sign-ins.ts'

/** Everything reachable under a language, in three lists: public, signed in, staff. */
export const pagesOfEachLanguage = Router()

const open = [homepage, outbox, signIns]
const forSignedIn: Router[] = [attempts, evaluations]
const forStaff: Router[] = [evaluationsOfTrainings, manageAudit, manageJobs, manageMails]

pagesOfEachLanguage.use(...open, ...forSignedIn, ...forStaff)

/** Addresses without a language: the crossroads, and what machines and papers point to. */
export const pagesWithoutLanguage = Router()
pagesWithoutLanguage.use(root)
