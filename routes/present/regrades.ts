import type { Request } from 'express'
import { numberIn } from '../../lib/numbers.ts'
import { gainsPass, losesPass, type PastRegrade, type RegradedPlace } from '../../models/regrade.ts'
import { percentIn } from './attempts.ts'
import { wordsIn } from './words.ts'

/** More lines would be read by nobody; those whose pass changes stand first. */
const SHOWN = 500

/** Person by person what a regrade would change. */
export function presentRegrade(req: Request, places: RegradedPlace[]) {
  const lost = places.filter(losesPass)
  const gained = places.filter(gainsPass).length
  return {
    said: [
      req.t('regrades.changed', { count: places.length }),
      ...(gained ? [req.t('regrades.gained', { count: gained })] : []),
      ...(lost.length ? [req.t('regrades.lost', { count: lost.length })] : []),
    ].join(' '),
    lost: lost.length,
    certified: lost.filter(({ certificate }) => certificate).length,
    rows: places.slice(0, SHOWN).map(place => rowOf(req, place)),
    more: Math.max(0, places.length - SHOWN),
  }
}

const rowOf = (req: Request, place: RegradedPlace) => ({
  name: place.name,
  training: place.training,
  title: wordsIn(place.title, req.lang),
  changes: place.changes.map(({ number, before, after }) =>
    req.t('regrades.change', {
      ...{ number, from: pointsIn(req, before), to: pointsIn(req, after) },
      ...{ percentFrom: percentIn(req, String(before.percent)), percentTo: percentIn(req, String(after.percent)) },
    }),
  ),
  before: percentIn(req, String(place.best.before)),
  after: percentIn(req, String(place.best.after)),
  pass: passOf(req, place),
  certificate:
    losesPass(place) && place.certificate
      ? { code: place.certificate, href: `/manage/certificates/${place.certificate}` }
      : null,
})

const pointsIn = (req: Request, { points, maxPoints }: { points: number; maxPoints: number }) =>
  req.t('regrades.points', { points: numberIn(req.lang, points), max: numberIn(req.lang, maxPoints) })

function passOf(req: Request, place: RegradedPlace) {
  const word = (name: string) => req.t(`regrades.pass.${name}`)
  if (!place.passed) return { kind: 'neutral', word: word('none') }
  if (losesPass(place)) return { kind: 'danger', word: word(place.certificate ? 'lostCertified' : 'lost') }
  if (gainsPass(place)) return { kind: 'success', word: word('gained') }
  return { kind: 'neutral', word: word(place.passed.after ? 'stays' : 'staysBelow') }
}

/** What was done about an item's results so far. */
export const pastRow = (req: Request, past: PastRegrade) => ({
  text: req.t(`regrades.past.${past.act}`, { number: past.number, key: past.keyNumber }),
  changed: req.t('regrades.changed', { count: past.changed }),
  ...{ reason: past.reason, by: past.by, at: past.at.toString() },
})
