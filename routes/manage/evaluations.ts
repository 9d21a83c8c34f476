import { type Request, Router } from 'express'
import { evaluationResults } from '../../models/evaluation-results.ts'
import { found, signedIn } from '../guards.ts'
import { presentResults } from '../present/evaluations.ts'
import { planOfTraining } from './agendas.ts'

/**
 * What participants said of a training and of each day, in groups of at least five people: for the Center's staff, those
 * in charge, and the trainers of this training.
 */
export const evaluationsOfTrainings = Router()

evaluationsOfTrainings.get('/manage/trainings/:code/evaluation', signedIn, async (req: Request, res) => {
  const training = await planOfTraining(req)
  const results = await found(evaluationResults(training.id))
  res.render('evaluations/results', { page: presentResults(req, results) })
})
