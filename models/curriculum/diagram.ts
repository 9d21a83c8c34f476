import { z } from 'zod'
import * as shape from './shapes.ts'

const sources = z.array(shape.id).min(1, 'shape.source')
const when = z.string().regex(/^\d{4}(-\d\d){0,2}$/, 'shape.moment')

/** What every diagram has: `alternative` says in words what it shows to those who do not see it. */
const common = { code: shape.id, title: shape.words, alternative: shape.words }

const bars = z.strictObject({
  ...common,
  kind: z.literal('bars'),
  unit: shape.words,
  rows: z
    .array(z.strictObject({ label: shape.words, value: z.number().nonnegative(), as_of: shape.words, sources }))
    .min(1, 'shape.row'),
})
const timeline = z.strictObject({
  ...common,
  kind: z.literal('timeline'),
  rows: z.array(z.strictObject({ date: when, label: shape.words, sources })).min(2, 'shape.moments'),
})
const comparison = z.strictObject({
  ...common,
  kind: z.literal('comparison'),
  columns: z.array(shape.words).length(2, 'shape.columns'),
  rows: z
    .array(
      z.strictObject({
        label: shape.words,
        cells: z.array(shape.words).length(2, 'shape.cells'),
        sources,
      }),
    )
    .min(1, 'shape.row'),
})

export type Bars = z.infer<typeof bars>
export type Timeline = z.infer<typeof timeline>
export type Comparison = z.infer<typeof comparison>

/** A diagram of a module (`<CODE>/diagrams.yaml`), drawn from rows that each say where they come from. */
export type Diagram = Bars | Timeline | Comparison

const SHAPES = { bars, timeline, comparison }
// Without a known kind nothing is held against the other fields.
const anyKind = z.looseObject({ ...common, kind: z.enum(['bars', 'timeline', 'comparison']) })

/** The shape of one diagram, by the kind it says it is of. */
export function diagramShape(raw: unknown): z.ZodObject {
  const kind = String((raw as { kind?: unknown } | null)?.kind)
  return Object.hasOwn(SHAPES, kind) ? SHAPES[kind as Diagram['kind']] : anyKind
}

/** Ids of the sources behind a diagram, each once, in the order of its rows. */
export const sourcesOf = ({ rows }: Diagram): string[] => [...new Set(rows.flatMap(row => row.sources))]
