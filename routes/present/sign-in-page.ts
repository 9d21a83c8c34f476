import type { Request } from 'express'
import { formOf } from '../forms/again.ts'
import { type Carried, carriedFields } from '../forms/carried.ts'
import { houseOf } from '../house.ts'
import { roleInWords } from './people.ts'

/** The sign-in page; `carried` is what was typed on a page whose sign-in session was lost. */
export function signInPage(req: Request, carried: Carried | null) {
  return {
    form: carried ? { values: { email: '' }, errors: [] } : formOf(req, { email: req.session.address ?? '' }),
    next: typeof req.query.next === 'string' ? req.query.next : '',
    carried: carriedFields(carried),
    demo: demoOf(req),
  }
}

function demoOf(req: Request) {
  const { demo } = houseOf(req)
  if (!demo) return null
  const people = demo.people.map(({ email, role, scopeKind, scopeId }) => ({
    email,
    does: roleInWords(role, scopeKind, scopeId, req.lang, req.t),
  }))
  return { password: demo.password, people }
}
