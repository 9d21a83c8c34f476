import type { Request } from 'express'
import { typed } from './again.ts'

/**
 * What was typed when the sign-in session was lost in the middle of a form: it travels through the sign-in page in
 * hidden fields and is offered to be sent again afterwards. Nothing is stored, and nothing is sent without a press.
 */
export type Carried = { action: string; values: [string, string][] }

const MARK = 'carried.'
const ACTION = 'carriedTo'

/** The posted form of this request, which nobody is signed in to send. */
export function carriedFrom(req: Request): Carried | null {
  const values = pairs(req.form?.values ?? typed(req.body))
  return values.length ? { action: req.originalUrl, values } : null
}

/** What the sign-in form has carried here, if anything. */
export function carriedBy(req: Request): Carried | null {
  const action = req.body?.[ACTION]
  if (typeof action !== 'string') return null
  const values = pairs(req.body).flatMap(([name, value]): [string, string][] =>
    name.startsWith(MARK) ? [[name.slice(MARK.length), value]] : [],
  )
  return { action, values }
}

/** The hidden fields of the sign-in form. */
export const carriedFields = (carried: Carried | null): [string, string][] =>
  carried
    ? [[ACTION, carried.action], ...carried.values.map(([name, value]): [string, string] => [MARK + name, value])]
    : []

const pairs = (values: Record<string, unknown>): [string, string][] =>
  Object.entries(values).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value])
      .filter(each => typeof each === 'string')
      .map((each): [string, string] => [name, each]),
  )
