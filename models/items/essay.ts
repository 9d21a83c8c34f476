import { z } from 'zod'
import * as shape from '../curriculum/shapes.ts'
import type { Kind } from './kind.ts'

type Content = { guidance: shape.Words }

/** A text that a person marks; `guidance` tells the marker what a good one holds. Drawn only where a test asks for it. */
export const essay: Kind<Content> = {
  type: 'essay',
  shape: z.strictObject({ guidance: shape.words }),
  inputs: [{ as: 'words', name: 'guidance', long: true }],
  mistakes: () => [],
  parts: () => [{ path: '', takes: 'words', most: 20_000 }],
  marked: true,
  right: () => [],
  face: () => ({ as: 'long', path: '' }),
  judged: (_, [given]) => ({ lines: given ? [{ about: null, given, right: null, ok: true }] : [] }),
}
