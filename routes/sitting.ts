import type { Request, Response } from 'express'
import { type AttemptState, type Sitting, sittingOf, stateOf } from '../models/attempt.ts'
import { found, NotFound } from './guards.ts'
import { attemptAddress } from './present/attempts.ts'

/** Addresses of one attempt: its number, or `pre` and `post` for what is measured before and after. */
export const ATTEMPT = '/trainings/:code/attempts/:number'

export const codeOf = (req: Request) => String(req.params.code)

/** The learner's own attempt of the address and what it is at; anybody else's is not there: 404. */
export async function sit(req: Request): Promise<{ sitting: Sitting; state: AttemptState }> {
  const text = String(req.params.number)
  const measure = text === 'pre' || text === 'post' ? text : undefined
  if (!measure && !/^[1-9]\d{0,3}$/.test(text)) throw new NotFound()
  const sitting = await found(sittingOf(req.actor, codeOf(req), measure ? 1 : Number(text), measure))
  return { sitting, state: stateOf(sitting) }
}

/** Leads to a page of the attempt. */
export const lead = (req: Request, res: Response, sitting: Sitting, to: string) =>
  res.redirect(303, `/${req.lang}${attemptAddress(sitting)}/${to}`)
