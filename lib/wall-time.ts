/**
 * The time people agree on is a wall time in a zone ("11:00 in Baku"); the instant follows from it and from the zone
 * data of the day. Both are stored: when a State changes its zone, the wall time stays and the instant is made anew.
 */
export type Resolved =
  | { ok: true; instant: Temporal.Instant }
  /** The clocks go forward over this time: it does not exist. `before` and `after` are the nearest that do. */
  | { ok: false; why: 'gap'; before: Temporal.PlainDateTime; after: Temporal.PlainDateTime }
  /** The clocks go back: the time comes twice. */
  | { ok: false; why: 'overlap'; earlier: Temporal.Instant; later: Temporal.Instant }

/** The instant of a wall time, or why there is not exactly one. `prefer` answers the question of an overlap. */
export function resolveWall(wall: Temporal.PlainDateTime, zone: string, prefer?: 'earlier' | 'later'): Resolved {
  const earlier = wall.toZonedDateTime(zone, { disambiguation: 'earlier' })
  const later = wall.toZonedDateTime(zone, { disambiguation: 'later' })
  if (Temporal.Instant.compare(earlier.toInstant(), later.toInstant()) === 0)
    return { ok: true, instant: earlier.toInstant() }
  if (!earlier.toPlainDateTime().equals(wall)) {
    return { ok: false, why: 'gap', before: earlier.toPlainDateTime(), after: later.toPlainDateTime() }
  }
  if (prefer) return { ok: true, instant: (prefer === 'earlier' ? earlier : later).toInstant() }
  return { ok: false, why: 'overlap', earlier: earlier.toInstant(), later: later.toInstant() }
}

/** How many minutes the clock of `zone` is ahead of that of `host` at an instant; negative when behind. */
export function minutesAhead(instant: Temporal.Instant, host: string, zone: string): number {
  const offset = (name: string) => instant.toZonedDateTimeISO(name).offsetNanoseconds
  return (offset(zone) - offset(host)) / 60_000_000_000
}

export type Hour = 'work' | 'evening' | 'night'

/** What hour of a person's day an instant is: work 9 to 18, night 22 to 7, evening (or early morning) between. */
export function hourOf(instant: Temporal.Instant, zone: string): Hour {
  const { hour } = instant.toZonedDateTimeISO(zone)
  if (hour >= 9 && hour < 18) return 'work'
  return hour >= 22 || hour < 7 ? 'night' : 'evening'
}

/** The calendar date of an instant in a zone, 'YYYY-MM-DD'. */
export const dateIn = (instant: Temporal.Instant, zone: string): string =>
  instant.toZonedDateTimeISO(zone).toPlainDate().toString()
