import { numberIn } from '../../lib/numbers.ts'
import type { Request } from 'express'

/** Shares, 0 to 1, in words: whole percent, and the same without the sign where percent points are meant. */
export const pointsOf = (req: Request, share: number) => numberIn(req.lang, 100 * share, 0)
export const percentOf = (req: Request, share: number) => req.t('attempts.percent', { value: pointsOf(req, share) })
