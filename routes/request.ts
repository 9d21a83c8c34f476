import type { T } from '../lib/i18n.ts'
import type { Actor } from '../models/actor.ts'

/** What middleware has put on a request by the time a route sees it. */
declare global {
  namespace Express {
    interface Request {
      id: string
      actor: Actor
      /** Code of the language of the page, e.g. 'en'. */
      lang: string
      t: T
      /** A form that comes back to its page: what was typed, and what is wrong with it. See routes/forms/again.ts. */
      form?: Kept
    }
  }
}

export type FieldError = { field: string; text: string }
export type Kept = { values: Record<string, unknown>; errors: FieldError[] }
