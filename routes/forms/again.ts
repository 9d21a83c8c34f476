import type { Request, Response } from 'express'
import type { z } from 'zod'
import { Refused } from '../../models/refused.ts'
import type { FieldError, Kept } from '../request.ts'

/**
 * Forms that come back. A route shows its page by one function `show(req, res)`, which fills the form from
 * `formOf(req, values)`. A wrong post calls `again(req, res, show, errors)`: the same page, 422, what was typed kept.
 */

/** What a form's page shows: what was typed when it comes back, else `values`. */
export const formOf = (req: Request, values: Record<string, unknown> = {}): Kept => req.form ?? { values, errors: [] }

/** What is wrong with a form, by its fields. */
export const errorsOf = (form: Kept): Record<string, string> =>
  Object.fromEntries(form.errors.map(({ field, text }) => [field, text]))

/** The page again with what was typed and what is wrong: 422. */
export function again(
  req: Request,
  res: Response,
  show: (req: Request, res: Response) => unknown,
  errors: FieldError[],
): unknown {
  req.form = { values: typed(req.body), errors }
  res.status(422)
  return show(req, res)
}

/** Runs an act; a refusal becomes the page again with the reason at the top. */
export async function orAgain(
  req: Request,
  res: Response,
  show: (req: Request, res: Response) => unknown,
  act: () => Promise<unknown>,
): Promise<boolean> {
  try {
    await act()
    return true
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    await again(req, res, show, [
      { field: String(error.data.field ?? ''), text: req.t(`refusals.${error.key}`, error.data) },
    ])
    return false
  }
}

export type Parsed<Values> = { values: Values; errors?: undefined } | { values?: undefined; errors: FieldError[] }

/**
 * The posted body against a schema whose messages are translation keys.
 * Text fields arrive trimmed; unknown fields are dropped.
 */
export function parse<Schema extends z.ZodType>(req: Request, schema: Schema): Parsed<z.infer<Schema>> {
  const result = schema.safeParse(trimmed(req.body ?? {}))
  if (result.success) return { values: result.data }
  const seen = new Set<string>()
  const errors: FieldError[] = []
  for (const issue of result.error.issues) {
    const field = String(issue.path[0] ?? '')
    if (seen.has(field)) continue
    seen.add(field)
    // A rule may fill its message: which letter is foreign, how many are too few.
    errors.push({ field, text: req.t(issue.message, 'params' in issue ? issue.params : undefined) })
  }
  return { errors }
}

// Passwords keep their spaces; everything else a person types loses those at its ends.
function trimmed(body: Record<string, unknown>) {
  return Object.fromEntries(
    Object.entries(body).map(([key, value]) => [
      key,
      typeof value === 'string' && !/password/i.test(key) ? value.normalize('NFC').trim() : value,
    ]),
  )
}

/** What was typed, for the page that comes back: no token, no password, no file. */
export function typed(body: unknown): Record<string, unknown> {
  if (!body || typeof body !== 'object') return {}
  return Object.fromEntries(Object.entries(body).filter(([key]) => key !== '_csrf' && !/password/i.test(key)))
}
