import { Router } from 'express'
import { glossaryTerms } from '../models/glossary.ts'
import { offers } from '../models/offering.ts'
import { sourcesOf } from '../models/reading.ts'
import { setting } from '../models/settings.ts'
import { termsPage } from './present/glossary.ts'
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

/** The terms of the curriculum, which lessons link, and the words of the platform, each with one meaning. */
homepage.get('/glossary', async (req, res) => {
  const terms = await glossaryTerms()
  const sources = await sourcesOf([...new Set(terms.flatMap(term => term.sourceIds))])
  res.render('homepage/glossary', { page: { ...termsPage(req, terms, sources), words: WORDS } })
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
