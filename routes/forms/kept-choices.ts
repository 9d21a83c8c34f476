import { parseCookie } from 'cookie'
import type { Request, Response } from 'express'
import { postedChoices } from './attempts.ts'

/**
 * A page of a test that is posted after the sign-in session was lost cannot be saved: nobody knows whose it is. Its
 * choices wait in a cookie of this one page, on the device that made them, until the person has signed in again. They
 * are then filled in for them to post once more. Only the answers of the page are kept, for two hours.
 */
const NAME = 'kept-choices'
const LIFE_MS = 2 * 3_600_000
// A cookie holds four thousand letters, and letters beyond ASCII take six or nine of them each.
const LARGEST = 3800

/** Keeps the posted choices (`q3=a`) for the page of this request. */
export function keepForSignIn(req: Request, res: Response, values: Record<string, unknown>) {
  const positions = Object.keys(values).flatMap(
    name => /^q([1-9]\d{0,2})(\.|$)/.exec(name)?.slice(1, 2).map(Number) ?? [],
  )
  const text = JSON.stringify(postedChoices(values, [...new Set(positions)]))
  if (positions.length && encodeURIComponent(text).length <= LARGEST)
    res.cookie(NAME, text, { path: pathOf(req), httpOnly: true, sameSite: 'lax', secure: req.secure, maxAge: LIFE_MS })
}

/** The choices kept for this page, for the questions that stand on it. */
export function keptChoices(req: Request, positions: number[]): Record<number, string[]> | undefined {
  const text = parseCookie(req.get('cookie') ?? '')[NAME]
  if (!text) return undefined
  try {
    const kept = JSON.parse(text) as Record<string, unknown>
    const choices = positions.flatMap(position =>
      Array.isArray(kept[position]) ? [[position, kept[position].map(String)] as const] : [],
    )
    return choices.length ? Object.fromEntries(choices) : undefined
  } catch {
    return undefined
  }
}

/** Forgets them: the page was posted again. */
export function dropKept(req: Request, res: Response) {
  if (req.get('cookie')?.includes(`${NAME}=`)) res.clearCookie(NAME, { path: pathOf(req) })
}

const pathOf = (req: Request) => req.originalUrl.split('?')[0]!
