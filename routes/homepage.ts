import { Router } from 'express'
import { offers } from '../models/offering.ts'
import { setting } from '../models/settings.ts'
import { offerLine } from './present/trainings.ts'

export const homepage = Router()

/** What the Center is, its doors, the next trainings, and the check of a certificate. */
homepage.get('/', async (req, res) => {
  const next = await offers({ when: 'open', course: null, format: null }, req.actor, null, 4)
  res.render('homepage/show', { page: { trainings: next.map(offer => offerLine(req, offer)) } })
})

/** The doors that have no form yet: how to teach with the Center, and how a State asks for a training. */
for (const door of ['teach', 'request'] as const)
  homepage.get(`/${door}`, async (req, res) => {
    const { email, hours } = await setting('contact')
    res.render(`homepage/${door}`, { page: { email, hours: hours[req.lang as 'en'] ?? hours.en } })
  })

/** The words of the platform that a reader meets, each with one meaning. */
homepage.get('/glossary', (_req, res) => {
  res.render('homepage/glossary', { page: { words: WORDS } })
})

const WORDS = [
  'curriculum',
  'module',
  'lesson',
  'course',
  'training',
  'trainingOfTrainers',
  'session',
  'academicHour',
  'enrollment',
  'waitingList',
  'prerequisite',
  'test',
  'attempt',
  'evaluation',
  'certificate',
  'network',
  'state',
  'focalPoint',
  'call',
]
