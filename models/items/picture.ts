import { z } from 'zod'
import { chooseOne, option } from './options.ts'

/** Pictures are part of the question itself, so that a version stays what it was: small, and of a kind that runs nothing. */
const picture = z
  .string()
  .regex(/^data:image\/(png|jpeg|webp);base64,[A-Za-z0-9+/]+=*$/, 'shape.itemPicture')
  .max(90_000, 'is too large: a picture has at most 64 kilobytes')

/** One right picture among at least two; `text` says in words what each shows, and never which is right. */
export const pictureChoice = chooseOne('picture', {
  shape: option.extend({ picture }),
  inputs: [{ as: 'picture', name: 'picture' }],
  atLeast: 2,
})
