import { z } from 'zod'
import { isState } from '../../models/countries.ts'
import { dateOf } from './days.ts'

const required = (message: string, most = 200) => z.string(message).min(1, message).max(most, 'holidays.errors.tooLong')
const state = z.string('holidays.errors.state').refine(isState, 'holidays.errors.state')
const date = z.string('holidays.errors.date').refine(text => dateOf(text) !== undefined, 'holidays.errors.date')
const inIso = (text: string) => dateOf(text)!.toString()

export const holidayForm = z
  .object({
    state,
    from: date,
    to: z
      .string()
      .refine(text => text === '' || dateOf(text) !== undefined, 'holidays.errors.date')
      .default(''),
    nameEn: required('holidays.errors.nameEn'),
    nameRu: required('holidays.errors.nameRu'),
    source: required('holidays.errors.source', 500),
  })
  .transform(values => ({
    state: values.state,
    from: inIso(values.from),
    to: inIso(values.to || values.from),
    name: { en: values.nameEn, ru: values.nameRu },
    source: values.source,
  }))

export const weekendForm = z
  .object({
    state,
    days: z.preprocess(
      value => [value ?? []].flat(),
      z
        .array(z.enum(['1', '2', '3', '4', '5', '6', '7']))
        .min(1, 'holidays.errors.days')
        .max(6, 'holidays.errors.allDays'),
    ),
    from: date,
    source: required('holidays.errors.source', 500),
  })
  .transform(values => ({
    ...values,
    days: [...new Set(values.days.map(Number))].sort((a, b) => a - b),
    from: inIso(values.from),
  }))

export const weekendEndForm = z.object({ to: date }).transform(({ to }) => ({ to: inIso(to) }))
