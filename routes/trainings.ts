import { type Request, type Response, Router } from 'express'
import { windowsFor } from '../models/showing-codes.ts'
import { now } from '../lib/time.ts'
import { type Standing, standingOf } from '../models/completing.ts'
import {
  dayOf,
  type Filter,
  type Offer,
  offerCounts,
  offerOf,
  offers,
  placeInLine,
  prerequisitesOf,
  WHENS,
} from '../models/offering.ts'
import { evaluationOf, mayEvaluate } from '../models/evaluating.ts'
import { openDaysOf } from '../models/evaluating-days.ts'
import { requestBehind } from '../models/fulfilling.ts'
import { countMaterials } from '../models/material.ts'
import { overlapsFor } from '../models/overlapping.ts'
import { ownStates } from '../models/policies/mandate.ts'
import { seesTraining } from '../models/policies/training.ts'
import { cardsIn, readingOf } from '../models/reading-languages.ts'
import { correctionsOf, lessonsOf } from '../models/reading.ts'
import { canonicalCode } from './canonical.ts'
import { formOf } from './forms/again.ts'
import { found } from './guards.ts'
import { overlapLines } from './present/agendas.ts'
import { expectationsPart } from './present/expectations.ts'
import { dayLines } from './present/evaluations.ts'
import { speakerOf } from './present/moments.ts'
import { originLink } from './present/origins.ts'
import { addressOf, cardsOf, filtersOf, trainingPage } from './present/training-pages.ts'
import { offerLine } from './present/trainings.ts'
import { wordsIn } from './present/words.ts'

export const trainings = Router()

const SIZE = 20

trainings.get('/trainings', async (req, res) => {
  const filter = filterOf(req)
  const after = afterOf(req)
  const counts = await offerCounts()
  const rows = await offers(filter, req.actor, after, SIZE + 1)
  const last = rows.length > SIZE ? rows[SIZE - 1] : undefined
  res.render('trainings/index', {
    page: {
      ...filtersOf(req, counts, filter),
      trainings: rows.slice(0, SIZE).map(offer => offerLine(req, offer)),
      first: after ? addressOf(req, filter) : null,
      more: last ? addressOf(req, filter, { after: `${dayOf(filter.when, last)}.${last.id}` }) : null,
    },
  })
})

trainings.get('/trainings/:code', async (req: Request<{ code: string }>, res: Response) => {
  const training = await visibleTraining(req)
  if (canonicalCode(req, res, training.code)) return
  await showTraining(req, res, training)
})

/** The training of the address, if this actor may see it; else 404. */
export async function visibleTraining(req: Request<{ code: string }>): Promise<Offer> {
  const training = await found(offerOf(req.params.code, req.actor))
  return found(seesTraining(req.actor, training) ? training : undefined)
}

/** The page of a training; `reason` says in words why something else could not be shown or done. */
export async function showTraining(req: Request, res: Response, training: Offer, reason?: string) {
  const prerequisites = await prerequisitesOf(training.courseId, req.actor.id)
  const { languages } = await readingOf(req.actor, training, req.lang)
  const lessons = await lessonsOf(training.courseVersionId, training.ownId, languages)
  const standing: Standing | null = training.own === 'enrolled' ? await standingOf(training.ownId!) : null
  const place = training.own === 'waiting' ? await placeInLine(training.id, training.ownId!) : null
  const judges = standing ? await judgesNow(req, training, standing) : false
  res.render('trainings/show', {
    page: {
      ...trainingPage(req, { training, prerequisites, lessons, standing, place, judges }),
      corrections: await correctionLines(req, training),
      cards: cardsOf(await cardsIn(training.courseVersionId, training.languages)),
      materials: await materialsLink(req, training),
      origin: await originOf(req, training),
      days:
        training.own === 'enrolled' && training.agendaNumber
          ? dayLines(req, await openDaysOf(req.actor.id!, training.id))
          : [],
      overlaps: await overlapsBefore(req, training),
      window: await windowOf(req, training),
      asks: req.actor.signedIn ? await expectationsPart(req, training) : null,
      problems: reason ? [{ field: '', text: reason }] : formOf(req).errors,
    },
  })
}

/** What was corrected in the lessons and the course since this learner began. */
async function correctionLines(req: Request, { own, ownId }: Offer) {
  const corrections = own === 'enrolled' ? await correctionsOf(ownId) : []
  return corrections.map(({ at, note }) => ({ at, note: wordsIn(note, req.lang) }))
}

/** Whether the form about the whole is what this learner can do now. */
async function judgesNow(req: Request, { code, agendaNumber }: Offer, { missing }: Standing): Promise<boolean> {
  if (!missing.some(each => each.what === 'evaluation')) return false
  // Without an agenda the lessons decide, and they are seen from what is missing.
  if (!agendaNumber) return !missing.some(each => each.what === 'lessons')
  const form = await evaluationOf(req.actor, code)
  return form !== undefined && mayEvaluate(form, now()).ok
}

/** The way to the files of a training for its participants, with how many there are. */
async function materialsLink(req: Request, { id, code, own }: Offer) {
  if (own !== 'enrolled') return null
  const count = [...(await countMaterials(id, false)).values()].reduce((sum, n) => sum + n, 0)
  return count ? { href: `/${req.lang}/trainings/${code}/materials`, label: req.t('materials.link', { count }) } : null
}

/** The request this training was made of, for the Center's staff and the focal points of its States. */
async function originOf(req: Request, { id }: Offer) {
  if (!req.actor.staff && !ownStates(req.actor).length) return null
  const request = await requestBehind(req.actor, id)
  return request ? originLink(req, request.code) : null
}

/** The session whose code the learner can enter now, in words; only where the training has an agenda. */
async function windowOf(req: Request, { id, own, format }: Offer): Promise<string | null> {
  if (own !== 'enrolled' || format === 'self_paced') return null
  const open = (await windowsFor(req.actor.id!, id)).find(each => !each.marked)
  return open ? wordsIn(open.title, req.lang) : null
}

/** What a person should know before they enroll; the enrolled read it on the agenda. */
async function overlapsBefore(req: Request, { id, own, agendaNumber }: Offer): Promise<string[]> {
  if (!req.actor.id || !agendaNumber || own === 'enrolled') return []
  return overlapLines(speakerOf(req), await overlapsFor(req.actor.id, id, now()), req.actor.zone)
}

function filterOf(req: Request): Filter {
  const { when, course, format } = req.query
  const text = (value: unknown) => (typeof value === 'string' && /^[\w-]{1,40}$/.test(value) ? value : null)
  return {
    when: WHENS.find(each => each === when) ?? 'open',
    course: text(course)?.toUpperCase() ?? null,
    format: text(format),
  }
}

function afterOf(req: Request) {
  const found = /^(\d{4}-\d\d-\d\d)\.([1-9]\d{0,17})$/.exec(String(req.query.after ?? ''))
  if (!found) return null
  try {
    return { day: Temporal.PlainDate.from(found[1]!).toString(), id: found[2]! }
  } catch {
    return null
  }
}
