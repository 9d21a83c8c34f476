import { Router } from 'express'
import { evaluationResults } from '../../models/evaluation-results.ts'
import { found, staff } from '../guards.ts'
import { presentResults } from '../present/evaluations.ts'

/** What participants said of a training, for the Center's staff, in groups of at least five people. */
export const evaluationsOfTrainings = Router()

evaluationsOfTrainings.get('/manage/trainings/:code/evaluation', staff, async (req, res) => {
  const results = await found(evaluationResults(String(req.params.code)))
  res.render('evaluations/results', { page: presentResults(req, results) })
})
