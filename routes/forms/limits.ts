import type { Request, Response } from 'express'
import { type Limit, within } from '../../lib/limits.ts'
import { again } from './again.ts'

/**
 * Counts this try under each of the limits; one too many brings the form back with the time to wait (422, Retry-After).
 * @returns whether the form has been answered so
 */
export async function tooFast(
  req: Request,
  res: Response,
  show: (req: Request, res: Response) => unknown,
  limits: [name: string, key: string, limit: Limit][],
): Promise<boolean> {
  for (const [name, key, limit] of limits) {
    const verdict = await within(name, key.toLowerCase().slice(0, 200), limit)
    if (verdict.ok) continue
    res.set('Retry-After', String(verdict.retryAfter))
    const text = req.t('accounts.errors.slow', { count: Math.ceil(verdict.retryAfter / 60) })
    await again(req, res, show, [{ field: '', text }])
    return true
  }
  return false
}
