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

/** Two options that stand where a reader expects them: true before false. */
export const trueFalse: Kind<Options> = {
  type: 'true_false',
  shape: z.strictObject({ options: z.array(option) }),
  mistakes: raw => optionMistakes(raw, { type: 'true_false', one: true, atLeast: 2, exactly: 2 }),
  parts: content => [{ path: '', takes: 'one', ids: idsOf(content) }],
  points: onePoint,
  right: rightIds,
  face: content => optionFace(content, false, null),
  judged: (content, value) => optionsJudged(content, value, null),
}
