let clock: () => Temporal.Instant = () => Temporal.Now.instant()

/** The present instant. The one clock of the platform; tests set it with `setClock`. */
export const now = (): Temporal.Instant => clock()

/** Replaces the clock (tests); without an argument the real one returns. */
export function setClock(replacement?: () => Temporal.Instant) {
  clock = replacement ?? (() => Temporal.Now.instant())
}

/** `now` plus a span, e.g. `from({ hours: 2 })`. Days count as 24 hours. */
export function later(span: { days?: number; hours?: number; minutes?: number; seconds?: number }): Temporal.Instant {
  return now().add(hoursOf(span))
}

/** `now` minus a span. */
export function ago(span: { days?: number; hours?: number; minutes?: number; seconds?: number }): Temporal.Instant {
  return now().subtract(hoursOf(span))
}

/** Whether `text` is an IANA zone this runtime knows. */
export function isZone(text: string): boolean {
  try {
    Temporal.Now.zonedDateTimeISO(text)
    return /^[A-Za-z]/.test(text)
  } catch {
    return false
  }
}

/** The zone of the Center: certificates are dated and expire by it (Baku). */
export const CENTER_ZONE = 'Asia/Baku'

function hoursOf({ days = 0, hours = 0, minutes = 0, seconds = 0 }) {
  return { hours: days * 24 + hours, minutes, seconds }
}
