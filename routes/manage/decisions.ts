import { type Request, type Response, Router } from 'express'
import { decide } from '../../models/deciding.ts'
import { type Applicant, applicantOf } from '../../models/applicants.ts'
import { runs, seesRunning } from '../../models/policies/running.ts'
import { noteSeen } from '../../models/seeing.ts'
import { again, errorsOf, formOf, orAgain, parse } from '../forms/again.ts'
import { decisionForm } from '../forms/trainings.ts'
import { found, idOf, permit, signedIn } from '../guards.ts'
import { wordsIn } from '../present/words.ts'

/** Deciding on one request, or on a person of the waiting list. */
export const manageDecisions = Router()

const PATH = '/manage/enrollments/:id/decision'

manageDecisions.get(PATH, signedIn, show)

manageDecisions.post(PATH, signedIn, async (req: Request, res: Response) => {
  const applicant = await decidable(req)
  const { values, errors } = parse(req, decisionForm)
  if (errors) return again(req, res, show, errors)
  const reason = values.reason || null
  if (!(await orAgain(req, res, show, () => decide(req.actor, applicant.id, values.decision, reason)))) return
  res.redirect(
    303,
    `/${req.lang}/manage/trainings/${applicant.code}/participants?status=requested&done=decided-${values.decision}`,
  )
})

async function show(req: Request, res: Response) {
  const applicant = await decidable(req)
  const form = formOf(req, { decision: 'approve' })
  const { t } = req
  res.render('manage/decisions/show', {
    page: {
      ...applicant,
      title: wordsIn(applicant.title, req.lang),
      country: applicant.countryName ? wordsIn(applicant.countryName, req.lang) : (applicant.country ?? ''),
      agency: applicant.agencyType ? t(`people.agencyTypes.${applicant.agencyType}`) : '',
      places:
        applicant.seats === null
          ? t('trainings.noLimit')
          : t('trainings.left', { count: Math.max(0, applicant.seats - applicant.taken), seats: applicant.seats }),
      open: ['requested', 'waiting'].includes(applicant.status),
      word: t(`trainings.roster.${applicant.status}`),
      form,
      errorOf: errorsOf(form),
      decisions: ['approve', 'wait', 'decline'].map(value => ({
        value,
        label: t(`decisions.${value}`),
        hint: t(`decisions.hints.${value}`),
      })),
    },
  })
  await noteSeen(req.actor, [applicant.personId], 'enrollments')
}

async function decidable(req: Request): Promise<Applicant> {
  const applicant = await found(applicantOf(idOf(req.params.id)))
  const training = { id: applicant.trainingId }
  await found(seesRunning(req.actor, training) ? training : undefined)
  permit(runs(req.actor, training))
  return applicant
}
