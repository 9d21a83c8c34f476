import type { Request } from 'express'
import { type InCharge, PARTS } from '../../models/people-in-charge.ts'
import { opens } from '../../models/policies/running.ts'
import type { Bookable } from '../../models/session-people.ts'
import { errorsOf } from '../forms/again.ts'
import type { Kept } from '../request.ts'
import { countryName } from './people.ts'
import { wordsIn } from './words.ts'

/** Who runs a training, today and before. Addresses and States are for the Center's staff. */
export function chargePage(req: Request, code: string, people: InCharge[]) {
  const row = (each: InCharge) => ({
    id: each.id,
    name: wordsIn(each.name, req.lang),
    note: req.actor.staff ? [countryName(each.country, req.lang), each.email].filter(Boolean).join(', ') : '',
    role: req.t(`charge.roles.${each.role}`),
    from: each.from,
    to: each.to,
  })
  return {
    code,
    may: opens(req.actor),
    current: people.filter(each => each.current).map(row),
    before: people.filter(each => !each.current).map(row),
  }
}

/** The same in a few lines, for the overview of the training. */
export const inChargeLines = (req: Request, people: InCharge[]) =>
  PARTS.map(role => ({
    role: req.t(`charge.roles.${role}`),
    names: people.filter(each => each.current && each.role === role).map(each => wordsIn(each.name, req.lang)),
  })).filter(({ names }) => names.length)

export function chargeFormPage(req: Request, code: string, form: Kept, people: Bookable[]) {
  const { t, lang } = req
  return {
    code,
    form,
    errorOf: errorsOf(form),
    roles: PARTS.map(value => ({ value, label: t(`charge.roles.${value}`), hint: t(`charge.hints.${value}`) })),
    people: [
      { value: '', label: t('charge.notListed') },
      ...people.map(({ id, name, country }) => ({
        value: id,
        label: country
          ? `${name[lang as 'en'] ?? name.en} (${countryName(country, lang)})`
          : (name[lang as 'en'] ?? name.en ?? ''),
      })),
    ],
  }
}
