/**
 * When somebody was in a meeting, from what a list says. Programs write dates in the order of their user's country, so the
 * day that fits the session is taken.
 */

type Reading = { day: string; zone: string }

/** The instant a list means, on the clock of `zone` unless it says its own offset; undefined when it cannot be read. */
export function momentIn(text: string, { day, zone }: Reading): Temporal.Instant | undefined {
  const typed = text.replace(/\u200e|\u200f|\u202f|\u00a0/g, ' ').trim()
  if (/(?:Z|[+-]\d\d:?\d\d)$/.test(typed) && /T|\d \d/.test(typed)) {
    try {
      return Temporal.Instant.from(typed.replace(' ', 'T'))
    } catch {
      // A date at the end, not an offset.
    }
  }
  const time = timeIn(typed)
  if (!time) return undefined
  const dates = datesIn(typed)
  const date = dates.length ? nearest(dates, day) : Temporal.PlainDate.from(day)
  return date?.toPlainDateTime(time).toZonedDateTime(zone).toInstant()
}

function timeIn(text: string): Temporal.PlainTime | undefined {
  const found = /(?:^|[^\d:.])(\d{1,2}):(\d\d)(?::(\d\d))?(?:\.\d+)?(?:\s*([ap])\.?m\b)?/i.exec(text)
  if (!found) return undefined
  const [, hour, minute, second, half] = found
  const noon = half?.toLowerCase() === 'p' ? (Number(hour) % 12) + 12 : half ? Number(hour) % 12 : Number(hour)
  if (noon > 23 || Number(minute) > 59) return undefined
  return new Temporal.PlainTime(noon, Number(minute), Math.min(59, Number(second ?? 0)))
}

/** The dates a text may mean: "02/03/2027" is the second of March or the third of February. */
function datesIn(text: string): Temporal.PlainDate[] {
  const iso = /(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})/.exec(text)
  if (iso) return dates([iso[1]!, iso[2]!, iso[3]!])
  const other = /(\d{1,2})[./-](\d{1,2})[./-](\d{2,4})/.exec(text)
  if (!other) return []
  const year = other[3]!.length === 2 ? `20${other[3]}` : other[3]!
  return [...dates([year, other[2]!, other[1]!]), ...dates([year, other[1]!, other[2]!])]
}

function dates([year, month, day]: [string, string, string]): Temporal.PlainDate[] {
  try {
    return [
      Temporal.PlainDate.from({ year: Number(year), month: Number(month), day: Number(day) }, { overflow: 'reject' }),
    ]
  } catch {
    return []
  }
}

function nearest(candidates: Temporal.PlainDate[], day: string): Temporal.PlainDate | undefined {
  const session = Temporal.PlainDate.from(day)
  const away = (date: Temporal.PlainDate) => Math.abs(date.until(session, { largestUnit: 'days' }).days)
  return candidates.toSorted((a, b) => away(a) - away(b))[0]
}

export type Stay = { from: Temporal.Instant; to: Temporal.Instant }

/** Stays within a span, joined where they overlap (two devices of one person count once), in order. */
export function staysWithin(
  stays: Stay[],
  { startsAt, endsAt }: { startsAt: Temporal.Instant; endsAt: Temporal.Instant },
): Stay[] {
  const [first, last] = [startsAt.epochMilliseconds, endsAt.epochMilliseconds]
  const clipped = stays
    .map(({ from, to }) => [Math.max(from.epochMilliseconds, first), Math.min(to.epochMilliseconds, last)] as const)
    .filter(([from, to]) => to > from)
    .toSorted(([a], [b]) => a - b)
  const joined: [number, number][] = []
  for (const [from, to] of clipped) {
    const before = joined.at(-1)
    if (before && from <= before[1]) before[1] = Math.max(before[1], to)
    else joined.push([from, to])
  }
  return joined.map(([from, to]) => ({
    from: Temporal.Instant.fromEpochMilliseconds(from),
    to: Temporal.Instant.fromEpochMilliseconds(to),
  }))
}
