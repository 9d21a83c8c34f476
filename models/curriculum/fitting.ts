import type { z } from 'zod'
import type { Report } from './problem.ts'
import { languageName } from './shapes.ts'
import type { Path, YamlText } from './yaml-text.ts'

type Fields = { [name: string]: z.ZodType }

/** Part of `T` whose fields fit their shape; the rest was reported. */
export type Fitting<T> = { [K in keyof T]?: T[K] extends (infer E)[] | undefined ? (E | undefined)[] : T[K] }

/**
 * Fits a mapping to its shape and reports what does not fit, with its line. Fields that fit are kept, and so are
 * entries of a list that fit, so that one mistake does not hide others.
 */
export function fitMapping<T>(shape: z.ZodObject, yaml: YamlText, path: Path, report: Report): Fitting<T> | undefined {
  const raw = valueAt(yaml.raw, path)
  if (!isMapping(raw)) {
    report(yaml.lineOf(path), 'shape', `${named(path)} must be a mapping (name: value)`)
    return undefined
  }
  const found = shape.safeParse(raw)
  if (found.success) return found.data as Fitting<T>
  for (const issue of found.error.issues) explain(issue, yaml, [...path, ...issue.path], report)
  return Object.fromEntries(
    Object.entries(shape.shape as Fields).flatMap(([name, field]) => {
      const kept = keep(field, raw[name])
      return kept === undefined ? [] : [[name, kept]]
    }),
  ) as Fitting<T>
}

/** Fits every entry of a list, to one shape or to that of its kind; entries that do not fit are reported and become undefined. */
export function fitList<T>(
  shape: z.ZodObject | ((raw: unknown) => z.ZodObject),
  yaml: YamlText,
  path: Path,
  report: Report,
): (T | undefined)[] {
  const raw = valueAt(yaml.raw, path)
  if (!Array.isArray(raw)) {
    report(yaml.lineOf(path), 'shape', `${named(path)} must be a list (lines that begin with "- ")`)
    return []
  }
  return raw.map((value, index) => {
    const found = (typeof shape === 'function' ? shape(value) : shape).safeParse(value)
    if (found.success) return found.data as T
    for (const issue of found.error.issues) explain(issue, yaml, [...path, index, ...issue.path], report)
    return undefined
  })
}

export function valueAt(raw: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, step) => (value as Record<PropertyKey, unknown> | undefined | null)?.[step], raw)
}

const isMapping = (raw: unknown): raw is Record<string, unknown> =>
  typeof raw === 'object' && raw !== null && !Array.isArray(raw)

// A list keeps its places: an entry that does not fit becomes undefined there, so that lines can still be told.
function keep(field: z.ZodType, raw: unknown) {
  const whole = field.safeParse(raw)
  if (whole.success) return whole.data
  const element = (field as { element?: z.ZodType }).element
  return element && Array.isArray(raw) ? raw.map(value => element.safeParse(value).data) : undefined
}

function explain(issue: z.core.$ZodIssue, yaml: YamlText, path: Path, report: Report) {
  const value = valueAt(yaml.raw, path)
  const line = yaml.lineOf(path)
  const last = path.at(-1)
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys)
      report(yaml.lineOf([...path, key]), 'unknown-field', `${named([...path, key])} is not a field of this format`)
  } else if (value === undefined || value === null || isBlank(value)) {
    if (last === 'en' || last === 'ru')
      report(line, 'missing-language', `${named(path.slice(0, -1))} has no ${languageName[last]} text`)
    else report(line, 'missing', `${named(path)} is missing`)
  } else if (typeof value === 'string' && issue.code === 'invalid_format' && /\p{Script=Cyrillic}/u.test(value)) {
    report(
      line,
      'look-alike',
      `${named(path)} "${value}" has a Cyrillic letter (${cyrillic(value)}); use Latin letters`,
    )
  } else report(line, 'shape', `${named(path)} ${shown(value)}${says(issue)}`)
}

const isBlank = (value: unknown) => typeof value === 'string' && !value.trim()
const cyrillic = (value: string) => [...new Set(value.match(/\p{Script=Cyrillic}/gu))].join(', ')
const shown = (value: unknown) => (typeof value === 'object' ? '' : `"${String(value).slice(0, 60)}" `)

function says(issue: z.core.$ZodIssue) {
  if (issue.code === 'invalid_value') return `is not one of: ${issue.values.join(', ')}`
  if (issue.code === 'invalid_type') return `must be ${typeNames[issue.expected] ?? issue.expected}`
  if (issue.code === 'too_small' && issue.message.startsWith('Too small')) return 'is too small'
  if (issue.code === 'too_big') return 'is too large'
  return issue.message
}

const typeNames: { [type: string]: string } = {
  string: 'a text: put it in quotes',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list (lines that begin with "- ")',
  object: 'a mapping (name: value)',
  record: 'a mapping (name: value)',
}

/** `outcomes, entry 3, text`: a path as a reader of the file counts. */
function named(path: Path) {
  if (!path.length) return 'The file'
  return path.map(step => (typeof step === 'number' ? `entry ${step + 1}` : String(step))).join(', ')
}
