import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type { Words } from '../curriculum/shapes.ts'
import type { Input } from './inputs.ts'

/**
 * What every type of question has to say of itself. `content` is the type's own part of a question: what stands in
 * bank.yaml beside code, outcome, difficulty, prompt and sources, and in `item_versions.content`.
 *
 * An answer is a list of entries. A question with one field has plain entries (`b`, `12,5`); one with several has
 * `path=value` (`3f2a91=2`), the path being what stands after `q7.` in the name of the field.
 */
export type Kind<Content> = {
  type: ItemType
  /** Fields of the content as a file may have them. */
  shape: z.ZodObject
  /** The same fields as an author fills them in. */
  inputs: Input[]
  /** What is wrong beyond the shape. Reads raw content, so that one mistake does not hide another. */
  mistakes(raw: Record<string, unknown>): Mistake[]
  /** The fields a learner fills in. */
  parts(content: Content): Part[]
  /** Share of the question's points that an answer earns, 0 to 1. Kinds without it are not graded by the platform. */
  points?(content: Content, value: Value): number
  /** Whether people mark answers to it. */
  marked?: true
  /** An answer that earns everything; empty where nothing is right or wrong. */
  right(content: Content): Value
  /** What a learner sees before handing in: never a key, never feedback. */
  face(content: Content, mix: Mix): Face
  /** What a learner sees afterwards. */
  judged(content: Content, value: Value, mix: Mix): Judged
}

export const ITEM_TYPES = [
  'single',
  'multiple',
  'true_false',
  'picture',
  'matching',
  'ordering',
  'numeric',
  'short',
  'cloze',
  'scenario',
  'rating',
  'essay',
] as const
export type ItemType = (typeof ITEM_TYPES)[number]

export type Value = string[]

/** One field of a question: `one` of the ids, `several` of them, or `words` of at most `most` characters. */
export type Part =
  | { path: string; takes: 'one' | 'several'; ids: string[] }
  | { path: string; takes: 'words'; most: number }

/** A mistake in a question, in plain words for its author; `at` leads to it from the question. */
export type Mistake = { at: (string | number)[]; kind: string; message: string }

/** Puts things in an order of chance that can be repeated. */
export type Mix = <Thing>(purpose: string, things: Thing[], nameOf: (thing: Thing) => string) => Thing[]

export type Said = Words | string
export type Choice = { id: string; text: Said; picture?: string }

export type Face =
  | { as: 'choices'; path: string; several: boolean; options: Choice[] }
  | { as: 'rows'; of: 'pairs' | 'places'; choices: Choice[]; rows: { path: string; text: Words }[] }
  | { as: 'line'; path: string; of: 'number' | 'words'; unit?: Words | undefined }
  | { as: 'long'; path: string }
  | { as: 'gaps'; text: Words; gaps: Gap[] }
  | { as: 'scale'; path: string; steps: number[]; low: Words; high: Words }
  | { as: 'group'; text: Words; members: { id: string; type: ItemType; prompt: Words; face: Face }[] }
export type Gap = { id: string; path: string; of: 'number' | 'words' | 'choice'; choices: Choice[] }

/** A line of feedback beyond options: what it is about, what was answered, what is right. */
export type Line = {
  about: Said | null
  given: Said | null
  right: Said | null
  ok: boolean
  feedback?: Words | undefined
}
export type Judged = {
  options?: { text: Words; picture?: string | undefined; chosen: boolean; right: boolean; feedback: Words }[]
  lines?: Line[]
  /** Why, for the question as a whole. */
  feedback?: Words | undefined
  members?: { prompt: Words; judged: Judged; value: Value }[]
}

/** A name for a part that has none of its own. It follows from the text, so it tells nothing about place or key. */
export const idOf = (text: Words): string => createHash('sha256').update(text.en).digest('hex').slice(0, 8)

/** Entries of the fields under `path`, without it: of `a=1`, `b.c=2` under `b` is `c=2`; those of a lone field are plain. */
export function under(value: Value, path: string): Value {
  return value.flatMap(entry => {
    if (entry.startsWith(`${path}=`)) return [entry.slice(path.length + 1)]
    return entry.startsWith(`${path}.`) ? [entry.slice(path.length + 1)] : []
  })
}

/** The first entry of a field. */
export const entryAt = (value: Value, path: string): string | undefined => (path ? under(value, path) : value)[0]

export const isMapping = (raw: unknown): raw is Record<string, unknown> =>
  typeof raw === 'object' && raw !== null && !Array.isArray(raw)
export const listIn = (raw: Record<string, unknown>, name: string): Record<string, unknown>[] =>
  Array.isArray(raw[name]) ? raw[name].map(each => (isMapping(each) ? each : {})) : []
