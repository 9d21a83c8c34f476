import { z } from 'zod'
import { optionRows } from './inputs.ts'
import type { Kind, Value } from './kind.ts'
import { idsOf, option, optionFace, optionMistakes, optionsJudged, type Options, rightIds } from './options.ts'

/** Several right options. */
export const multiple: Kind<Options> = {
  type: 'multiple',
  shape: z.strictObject({ options: z.array(option) }),
  inputs: optionRows(4),
  mistakes: raw => optionMistakes(raw, { type: 'multiple', one: false, atLeast: 3 }),
  parts: content => [{ path: '', takes: 'several', ids: idsOf(content) }],
  points: shareOfRight,
  right: rightIds,
  face: (content, mix) => optionFace(content, true, mix),
  judged: optionsJudged,
}

/** The share of right options chosen, less one such share for each wrong one: (right − wrong) / all right, not below 0. */
function shareOfRight({ options }: Options, value: Value): number {
  const right = options.filter(each => each.right)
  const hits = right.filter(({ id }) => value.includes(id)).length
  const misses = options.filter(each => !each.right && value.includes(each.id)).length
  return right.length ? Math.max(0, (hits - misses) / right.length) : 0
}
