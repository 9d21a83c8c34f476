import type { Request } from 'express'
import { asks, expectationsOf, LEVELS, LONGEST_HOPE } from '../../models/expecting.ts'
import type { Offer } from '../../models/offering.ts'
import { formOf } from '../forms/again.ts'

/** The two optional questions to a learner, with what was told so far; null where nobody is asked. */
export async function expectationsPart(req: Request, training: Offer) {
  if (!asks(training, training.own).ok) return null
  const told = training.ownId ? await expectationsOf(req.actor, training.ownId) : undefined
  const form = formOf(req, { level: told?.level ?? '', expectations: told?.expectations ?? '' })
  const chosen = String(form.values.level ?? '')
  return {
    action: training.own ? `/${req.lang}/trainings/${training.code}/enrollment/expectations` : null,
    told: Boolean(told?.level || told?.expectations),
    levels: ['', ...LEVELS].map(value => ({
      value,
      label: req.t(`expectations.levels.${value || 'none'}`),
      checked: value === chosen,
    })),
    expectations: String(form.values.expectations ?? ''),
    error: form.errors.find(each => each.field === 'expectations')?.text,
    longest: LONGEST_HOPE,
  }
}
