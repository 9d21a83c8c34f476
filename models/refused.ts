/**
 * A rule said no. `key` names the reason among the translations (`refusals.…`); `data` fills it.
 * Thrown by verbs, answered by the edge as 422 with the reason in the reader's language.
 */
export class Refused extends Error {
  key: string
  data: Record<string, unknown>
  constructor(key: string, data: Record<string, unknown> = {}) {
    super(`Refused: ${key}`)
    this.key = key
    this.data = data
  }
}

/** What a rule answers: yes, or no with its reason as a translation key. */
export type Verdict = { ok: true } | { ok: false; reason: string; data?: Record<string, unknown> }

export const YES: Verdict = { ok: true }
export const no = (reason: string, data?: Record<string, unknown>): Extract<Verdict, { ok: false }> => ({
  ok: false,
  reason,
  ...(data ? { data } : {}),
})

/** Turns a verdict's no into a refusal. @throws Refused */
export function insist(verdict: Verdict) {
  if (!verdict.ok) throw new Refused(verdict.reason, verdict.data)
}
