import { z } from 'zod'
import * as shape from '../curriculum/shapes.ts'
import type { Kind } from './kind.ts'

type Content = { scale: number; low: shape.Words; high: shape.Words }

/** How far somebody agrees or how sure they are. There is no right answer: it earns and costs nothing. */
export const rating: Kind<Content> = {
  type: 'rating',
  shape: z.strictObject({ scale: z.int().min(3).max(10), low: shape.words, high: shape.words }),
  inputs: [
    { as: 'number', name: 'scale' },
    { as: 'words', name: 'low' },
    { as: 'words', name: 'high' },
  ],
  mistakes: () => [],
  parts: content => [{ path: '', takes: 'one', ids: stepsOf(content).map(String) }],
  right: () => [],
  face: content => ({ as: 'scale', path: '', steps: stepsOf(content), low: content.low, high: content.high }),
  judged: (_, [given]) => ({ lines: given ? [{ about: null, given, right: null, ok: true }] : [] }),
}

const stepsOf = ({ scale }: Content) => Array.from({ length: scale }, (_, index) => index + 1)
