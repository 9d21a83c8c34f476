import { z } from 'zod'
import type { Plan } from '../../models/arranging.ts'
import type { ComposedVersion } from '../../models/composed-course.ts'
import type { Words } from '../../models/course.ts'

const text = (most: number) => z.string().max(most, 'composing.errors.long').default('')
const several = z.preprocess(value => [value ?? []].flat(), z.array(z.string().max(40)).max(200))
const number = (least: number, most: number, message: string) =>
  text(5).refine(value => value === '' || (/^\d+$/.test(value) && +value >= least && +value <= most), message)

export const LEVELS = ['foundation', 'intermediate', 'advanced'] as const
const CODE = /^(?!RMC-|TM-)[A-Z0-9]+(-[A-Z0-9]+)*$/

const fields = z.object({
  titleEn: text(200),
  titleRu: text(200),
  aimEn: text(2000),
  aimRu: text(2000),
  audienceEn: text(2000),
  audienceRu: text(2000),
  theme: z.string('composing.errors.theme').min(1, 'composing.errors.theme').max(40, 'composing.errors.theme'),
  level: z.enum(LEVELS, 'composing.errors.level'),
  hours: number(1, 400, 'composing.errors.hours'),
  /** Codes of the lessons in their order, those that are mandatory, and those ticked to be added at the end. */
  lessons: several,
  mandatory: several,
  more: several,
  kind: z.enum(['attendance', 'achievement'], 'composing.errors.kind'),
  evaluation: z.string().default(''),
  test: z.string().default(''),
  perOutcome: number(1, 10, 'composing.errors.perOutcome'),
  passPercent: number(1, 100, 'composing.errors.passPercent'),
  seen: z.string().default(''),
})

type Typed = z.infer<typeof fields>

const titled = ({ titleEn, titleRu }: Typed) => Boolean(titleEn || titleRu)
const tested = ({ kind, test }: Typed) => kind === 'attendance' || test === 'yes'

export const courseForm = fields
  .refine(titled, { path: ['titleEn'], message: 'composing.errors.title' })
  .refine(tested, { path: ['test'], message: 'composing.errors.test' })

export const newCourseForm = fields
  .extend({ code: z.string().max(40, 'composing.errors.code').regex(CODE, 'composing.errors.code') })
  .refine(titled, { path: ['titleEn'], message: 'composing.errors.title' })
  .refine(tested, { path: ['test'], message: 'composing.errors.test' })

/** What a correct form settles: the lessons in their order, then those that were only ticked. */
export const planOf = (values: Typed): Plan => ({
  title: { en: values.titleEn, ru: values.titleRu },
  aim: { en: values.aimEn, ru: values.aimRu },
  audience: { en: values.audienceEn, ru: values.audienceRu },
  theme: values.theme,
  level: values.level,
  hours: values.hours ? Number(values.hours) : null,
  lessons: inOrder(values).map(code => ({
    code,
    mandatory: values.mandatory.includes(code) || !values.lessons.includes(code),
  })),
  kind: values.kind,
  evaluation: values.evaluation === 'yes',
  test:
    values.test === 'yes'
      ? { perOutcome: Number(values.perOutcome || 2), passPercent: Number(values.passPercent || 70) }
      : null,
})

const inOrder = ({ lessons, more }: { lessons: string[]; more: string[] }) => [...new Set([...lessons, ...more])]

/** A version as its form shows it. Hours that are those of the lessons stay counted. */
export function valuesOfCourse(version: ComposedVersion): Record<string, unknown> {
  const { title, aim, audience, theme, level, hours, lessons, rules, test } = version
  const counted = lessons.reduce((sum, lesson) => sum + lesson.hours, 0)
  const both = (name: string, { en, ru }: Words) => ({ [`${name}En`]: en, [`${name}Ru`]: ru })
  return {
    ...{ ...both('title', title), ...both('aim', aim), ...both('audience', audience), theme, level },
    hours: hours === counted ? '' : String(hours),
    lessons: lessons.map(({ code }) => code),
    mandatory: lessons.filter(({ mandatory }) => mandatory).map(({ code }) => code),
    kind: rules.kind,
    evaluation: rules.evaluation ? 'yes' : '',
    test: test ? 'yes' : '',
    perOutcome: String(test ? Object.values(test.blueprint)[0] : 2),
    passPercent: String(test?.passPercent ?? 70),
  }
}

/** The buttons beside the lessons: they change the form alone, nothing is saved by them. */
export function afterPress(press: string, body: Record<string, unknown>): Record<string, unknown> | undefined {
  const [act, code = ''] = press.split(' ')
  const list = (name: string) => [body[name] ?? []].flat().map(String)
  const lessons = list('lessons')
  const at = lessons.indexOf(code)
  if (act === 'add') {
    const more = list('more').filter(each => !lessons.includes(each))
    return { ...body, lessons: [...lessons, ...more], mandatory: [...list('mandatory'), ...more], more: [] }
  }
  if (at < 0) return undefined
  const others = lessons.toSpliced(at, 1)
  if (act === 'drop') return { ...body, lessons: others }
  const to = { up: at - 1, down: at + 1 }[act!]
  return to === undefined ? undefined : { ...body, lessons: others.toSpliced(Math.max(0, to), 0, code) }
}
