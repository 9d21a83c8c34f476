import { z } from 'zod'
import type { Kind } from './kind.ts'
import {
  idsOf,
  onePoint,
  option,
  optionFace,
  optionMistakes,
  optionsJudged,
  type Options,
  rightIds,
} from './options.ts'

/** One right option among at least three. */
export const single: Kind<Options> = {
  type: 'single',
  shape: z.strictObject({ options: z.array(option) }),
  mistakes: raw => optionMistakes(raw, { type: 'single', one: true, atLeast: 3 }),
  parts: content => [{ path: '', takes: 'one', ids: idsOf(content) }],
  points: onePoint,
  right: rightIds,
  face: (content, mix) => optionFace(content, false, mix),
  judged: optionsJudged,
}
