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

/** Pictures are part of the question itself, so that a version stays what it was: small, and of a kind that runs nothing. */
const picture = z
  .string()
  .regex(/^data:image\/(png|jpeg|webp);base64,[A-Za-z0-9+/]+=*$/, 'is not a picture: PNG, JPEG or WebP')
  .max(90_000, 'is too large: a picture has at most 64 kilobytes')

/** One right picture among at least two; `text` says in words what each shows, and never which is right. */
export const pictureChoice: Kind<Options> = {
  type: 'picture',
  shape: z.strictObject({ options: z.array(option.extend({ picture })) }),
  mistakes: raw => optionMistakes(raw, { type: 'picture', one: true, atLeast: 2 }),
  parts: content => [{ path: '', takes: 'one', ids: idsOf(content) }],
  points: onePoint,
  right: rightIds,
  face: (content, mix) => optionFace(content, false, mix),
  judged: optionsJudged,
}
