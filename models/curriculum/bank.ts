import { z } from 'zod'
import { ITEM_TYPES } from '../items/kind.ts'
import { KINDS } from '../items/kinds.ts'
import * as shape from './shapes.ts'

/** What a question has whatever its type. */
const common = {
  code: z.string().regex(/^[A-Z0-9-]+$/, 'shape.itemCode'),
  outcome: shape.outcomeCode,
  difficulty: z.enum(['easy', 'medium', 'hard']),
  type: z.enum(ITEM_TYPES),
  points: z.int().min(1).max(10).optional(),
  tags: z.array(shape.id).optional(),
  prompt: shape.words,
  sources: z.array(shape.id).default([]),
}
const commonShape = z.strictObject(common)

/** A question of a module's test (`<CODE>/bank.yaml`); beside these fields stand those of its type. */
export type Item = z.infer<typeof commonShape> & { [field: string]: unknown }

/** The shape of one question, by the type it says it is of. */
export function itemShape(raw: unknown): z.ZodObject {
  const type = String((raw as { type?: unknown } | null)?.type)
  return SHAPES.get(type) ?? ANY_TYPE
}
const SHAPES = new Map<string, z.ZodObject>(ITEM_TYPES.map(type => [type, KINDS[type].shape.extend(common)]))
// Without a known type nothing is held against the other fields.
const ANY_TYPE = z.looseObject(common)

/** The type's own part of a question: all that every question does not have. */
export function contentOf(item: Item): Record<string, unknown> {
  return Object.fromEntries(Object.entries(item).filter(([field]) => !Object.hasOwn(common, field)))
}
