import type { Request } from 'express'
import { now } from '../../lib/time.ts'
import { type Offer, type Prerequisite, unmetOf } from '../../models/offering.ts'
import { eligibility, enrollmentOpen, isFull, isOver } from '../../models/policies/enrollment.ts'
import { readsByWork } from '../../models/policies/training.ts'
import { languageNames } from './languages.ts'
import { wordsIn } from './words.ts'

/** A training in a list or a card: its facts, and the one act that is possible or the reason why there is none. */
export function offerLine(req: Request, offer: Offer) {
  const { zone } = offer
  return {
    code: offer.code,
    href: `/${req.lang}/trainings/${offer.code}`,
    title: wordsIn(offer.title, req.lang),
    course: {
      code: offer.courseCode,
      href: `/${req.lang}/courses/${offer.courseCode}`,
      title: wordsIn(offer.courseTitle, req.lang),
    },
    ownTitle: wordsIn(offer.title, req.lang) !== wordsIn(offer.courseTitle, req.lang),
    format: req.t(`courses.formats.${offer.format}`),
    selfPaced: offer.format === 'self_paced',
    level: req.t(`courses.levels.${offer.level}`),
    hours: offer.hours,
    languages: languageNames(offer.languages, req.lang),
    where: [offer.place, offer.hostName].flatMap(words => (words ? [wordsIn(words, req.lang)] : [])).join(', '),
    startsOn: offer.startsOn,
    endsOn: offer.endsOn,
    enrollUntil: offer.enrollUntil,
    zone,
    otherZone: zone !== req.actor.zone,
    seats: offer.seats,
    left: offer.seats === null ? null : Math.max(0, offer.seats - offer.taken),
    byApproval: offer.mode === 'approval',
    own: offer.own,
    state: stateOf(req, offer),
  }
}

export type OfferLine = ReturnType<typeof offerLine>

/** A word for where a training stands, when it is not simply open. */
function stateOf(req: Request, offer: Offer): { word: string; kind: string; plain?: boolean } | null {
  const tag = (key: string, kind: string) => ({ word: req.t(`trainings.state.${key}`), kind })
  if (offer.own === 'enrolled') return tag('enrolled', 'success')
  if (offer.own) return tag(offer.own, 'current')
  if (offer.status === 'canceled') return tag('canceled', 'danger')
  if (offer.status === 'postponed') return tag('postponed', 'warning')
  if (offer.status === 'draft') return tag('draft', 'todo')
  if (isOver(offer, now().toZonedDateTimeISO(offer.zone).toPlainDate().toString())) return tag('over', 'neutral')
  if (!enrollmentOpen(offer, now()).ok) return tag('closed', 'neutral')
  return isFull(offer) ? tag('full', 'warning') : { ...tag('open', 'success'), plain: true }
}

export type Act =
  | { kind: 'enroll'; label: string; action: string; note: string | null }
  | { kind: 'link'; label: string; href: string; note: string | null }
  | { kind: 'none'; reason: string }

/** The one act that a training offers this person, or the reason in words why there is none. */
export function actOf(req: Request, offer: Offer, prerequisites: Prerequisite[]): Act {
  const page = `/${req.lang}/trainings/${offer.code}`
  const { t } = req
  if (offer.own === 'enrolled')
    return { kind: 'link', label: t('trainings.act.open'), href: page, note: t('trainings.own.enrolled') }
  if (offer.own)
    return { kind: 'link', label: t('trainings.act.see'), href: page, note: t(`trainings.own.${offer.own}`) }
  const verdict = eligibility(offer, req.actor.signedIn ? unmetOf(prerequisites) : [], now())
  if (!verdict.ok) return { kind: 'none', reason: t(`refusals.${verdict.reason}`, verdict.data) }
  const note = verdict.leadsTo === 'enrolled' ? null : t(`trainings.before.${verdict.leadsTo}`)
  if (!req.actor.signedIn) {
    const href = `/${req.lang}/sign-in?next=${encodeURIComponent(page)}`
    return { kind: 'link', label: t('trainings.act.signIn'), href, note: note ?? t('trainings.before.signIn') }
  }
  return { kind: 'enroll', label: t(`trainings.act.${verdict.leadsTo}`), action: `${page}/enrollment`, note }
}

/** Whether this person may open the lessons because of their work, without being enrolled. */
export const readsAsWork = (req: Request, offer: Offer): boolean =>
  offer.own !== 'enrolled' && req.actor.signedIn && readsByWork(req.actor, offer)
