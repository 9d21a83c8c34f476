import { type Request, type Response, Router } from 'express'
import { catalog, courseCard } from '../models/catalog.ts'
import { offersOf, prerequisitesOf } from '../models/offering.ts'
import { found } from './guards.ts'
import { catalogPage, coursePage } from './present/courses.ts'
import { canonicalCode } from './canonical.ts'
import { actOf, offerLine } from './present/trainings.ts'

export const courses = Router()

courses.get('/courses', async (req, res) => {
  const q = typeof req.query.q === 'string' ? req.query.q.normalize('NFC').trim().slice(0, 100) : ''
  res.render('courses/index', { page: catalogPage(req, await catalog(q), q) })
})

courses.get('/courses/:code', async (req: Request<{ code: string }>, res: Response) => {
  const card = await found(courseCard(req.params.code, req.actor.staff))
  if (canonicalCode(req, res, card.code)) return
  const prerequisites = await prerequisitesOf(card.id, req.actor.id)
  const offers = await offersOf(card.id, req.actor)
  res.render('courses/show', {
    page: {
      ...coursePage(req, card, prerequisites),
      trainings: offers.map(offer => ({ ...offerLine(req, offer), act: actOf(req, offer, prerequisites) })),
    },
  })
})
