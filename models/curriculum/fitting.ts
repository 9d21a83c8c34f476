import type { z } from 'zod'
import type { Params, Report } from './problem.ts'
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
    report(yaml.lineOf(path), 'shape.mapping', { place: { path } })
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
    report(yaml.lineOf(path), 'shape.list', { place: { path } })
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
      report(yaml.lineOf([...path, key]), 'unknown-field', { place: { path: [...path, key] } })
  } else if (value === undefined || value === null || isBlank(value)) {
    if (last === 'en' || last === 'ru')
      report(line, 'missing-language', { place: { path: path.slice(0, -1) }, language: { word: `languages.${last}` } })
    else report(line, 'missing.value', { place: { path } })
  } else if (typeof value === 'string' && issue.code === 'invalid_format' && /\p{Script=Cyrillic}/u.test(value)) {
    report(line, 'look-alike.code', { place: { path }, value, letters: cyrillic(value) })
  } else report(line, codeOf(issue), { place: { path }, value: shown(value), ...more(issue) })
}

const isBlank = (value: unknown) => typeof value === 'string' && !value.trim()
const cyrillic = (value: string) => [...new Set(value.match(/\p{Script=Cyrillic}/gu))].join(', ')
const shown = (value: unknown) => (typeof value === 'object' ? '' : ` "${String(value).slice(0, 60)}"`)

/** Which words say it: those of the rule itself, where it has some. */
function codeOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value') return 'shape.oneOf'
  if (issue.code === 'invalid_type') return 'shape.type'
  if (issue.code === 'too_small' && issue.message.startsWith('Too small')) return 'shape.small'
  if (issue.code === 'too_big') return 'shape.large'
  return issue.message.startsWith('shape.') ? issue.message : 'shape.other'
}

function more(issue: z.core.$ZodIssue): Params {
  if (issue.code === 'invalid_value') return { values: issue.values.join(', ') }
  if (issue.code === 'invalid_type') return { type: { word: `types.${issue.expected}` } }
  return {}
}
