import { Router } from 'express'
import { standingsOf } from '../models/completing.ts'
import { enrollmentsOf, lessonStepsOf, staffDuties } from '../models/my-learning.ts'
import { signedIn } from './guards.ts'
import { homePage } from './present/home.ts'

export const home = Router()

home.get('/home', signedIn, async (req, res) => {
  const enrollments = await enrollmentsOf(req.actor.id!)
  const ids = enrollments.map(each => each.id)
  const standings = await standingsOf(ids)
  const lessons = await lessonStepsOf(enrollments.filter(each => !each.certificateIssuedAt).map(each => each.id))
  const duties = req.actor.staff ? await staffDuties() : null
  res.render('home/show', { page: homePage(req, { enrollments, standings, lessons, duties }) })
})
