import { type Request, Router } from 'express'
import { evaluationResults } from '../../models/evaluation-results.ts'
import { found, signedIn } from '../guards.ts'
import { presentResults } from '../present/evaluations.ts'
import { trainingSeen } from '../running.ts'

/** What participants said of a training, for the Center's staff and those in charge, in groups of at least five people. */
export const evaluationsOfTrainings = Router()

evaluationsOfTrainings.get('/manage/trainings/:code/evaluation', signedIn, async (req: Request, res) => {
  const { code } = await trainingSeen(req)
  const results = await found(evaluationResults(code))
  res.render('evaluations/results', { page: presentResults(req, results) })
})
