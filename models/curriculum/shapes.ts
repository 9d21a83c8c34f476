import { z } from 'zod'

/** A short text in both working languages. */
export type Words = z.infer<typeof words>

const text = z.string().trim().min(1)

export const words = z.strictObject({ en: text, ru: text })

export const languages = ['en', 'ru'] as const
export type Language = (typeof languages)[number]
export const languageName = { en: 'English', ru: 'Russian' }

export const moduleCode = z.string().regex(/^RMC-(\d\d|TOT)$/, 'shape.moduleCode')
export const outcomeCode = z.string().regex(/^RMC-(\d\d|TOT)-LO\d+$/, 'shape.outcomeCode')
export const lessonCode = z.string().regex(/^RMC-(\d\d|TOT)-L\d+$/, 'shape.lessonCode')
export const id = z.string().regex(/^[a-z0-9][a-z0-9._-]*$/, 'shape.id')
export const version = z.string().regex(/^\d+\.\d+$/, 'shape.version')
export const count = z.int().positive()
export const hours = count
export const partOfHours = z.number().positive()
export const date = z.string().refine(isDate, 'shape.date')
export const plain = text

function isDate(value: string) {
  try {
    return Temporal.PlainDate.from(value).toString() === value
  } catch {
    return false
  }
}
