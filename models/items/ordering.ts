import { z } from 'zod'
import * as shape from '../curriculum/shapes.ts'
import { WHY } from './inputs.ts'
import { entryAt, idOf, isMapping, type Kind, type Mistake, type Value } from './kind.ts'

type Content = { steps: shape.Words[]; feedback: shape.Words }

/** Steps to be put in order: each gets the number of its place. In the file they stand in the right order. */
export const ordering: Kind<Content> = {
  type: 'ordering',
  shape: z.strictObject({ steps: z.array(shape.words), feedback: shape.words }),
  inputs: [{ as: 'rows', name: 'steps', start: 3, ordered: true }, WHY],
  mistakes,
  parts: ({ steps }) => steps.map(step => ({ path: idOf(step), takes: 'one' as const, ids: placesOf(steps) })),
  points: shareOfPairs,
  right: ({ steps }) => steps.map((step, index) => `${idOf(step)}=${index + 1}`),
  face: ({ steps }, mix) => ({
    as: 'rows',
    of: 'places',
    choices: placesOf(steps).map(id => ({ id, text: id })),
    rows: mix('row', steps, idOf).map(step => ({ path: idOf(step), text: step })),
  }),
  judged: ({ steps, feedback }, value) => ({
    lines: steps.map((step, index) => {
      const given = entryAt(value, idOf(step)) ?? null
      return { about: step, given, right: String(index + 1), ok: given === String(index + 1) }
    }),
    feedback,
  }),
}

const placesOf = (steps: shape.Words[]) => steps.map((_, index) => String(index + 1))

/**
 * Of all pairs of steps the share that stands in the right order, less the share that stands the wrong way round, not
 * below 0. A pair with the same place twice, or without a place, counts neither way.
 */
function shareOfPairs({ steps }: Content, value: Value): number {
  const places = steps.map(step => Number(entryAt(value, idOf(step)) ?? Number.NaN))
  let sum = 0
  let all = 0
  places.forEach((place, first) => {
    for (const later of places.slice(first + 1)) {
      all++
      if (place < later) sum++
      else if (place > later) sum--
    }
  })
  return all ? Math.max(0, sum / all) : 0
}

function mistakes({ steps }: Record<string, unknown>): Mistake[] {
  if (!Array.isArray(steps)) return []
  const texts = steps.map(step => (isMapping(step) ? String(step.en ?? '') : ''))
  const twice = texts.flatMap((text, index): Mistake[] =>
    text && texts.indexOf(text) < index
      ? [{ at: ['steps', index], kind: 'duplicate', message: `step "${text}" is used twice` }]
      : [],
  )
  const few: Mistake[] = [{ at: ['steps'], kind: 'steps', message: '"ordering" needs at least three steps' }]
  return [...(steps.length < 3 ? few : []), ...twice]
}
