import { z } from 'zod'

/** A short text in both working languages. */
export type Words = z.infer<typeof words>

const text = z.string().trim().min(1)

export const words = z.strictObject({ en: text, ru: text })

export const languages = ['en', 'ru'] as const
export type Language = (typeof languages)[number]
export const languageName = { en: 'English', ru: 'Russian' }

export const moduleCode = z
  .string()
  .regex(/^RMC-(\d\d|TOT)$/, 'is not a module code: write RMC-01 … RMC-99 or RMC-TOT in Latin letters')
export const outcomeCode = z
  .string()
  .regex(/^RMC-(\d\d|TOT)-LO\d+$/, 'is not an outcome code: write RMC-01-LO1 in Latin letters')
export const lessonCode = z
  .string()
  .regex(/^RMC-(\d\d|TOT)-L\d+$/, 'is not a lesson code: write RMC-01-L1 in Latin letters')
export const id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]*$/, 'may hold only small Latin letters, digits, hyphens and dots')
export const version = z.string().regex(/^\d+\.\d+$/, 'is not a version: write "1.0" in quotes')
export const count = z.int().positive()
export const hours = count
export const partOfHours = z.number().positive()
export const date = z.string().refine(isDate, 'is not a date: write it as 2018-12-19')
export const plain = text

function isDate(value: string) {
  try {
    return Temporal.PlainDate.from(value).toString() === value
  } catch {
    return false
  }
}
