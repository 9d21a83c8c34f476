/**
 * The VTIMEZONE of a zone (RFC 5545, 3.6.5) for a stretch of time, from the runtime's own zone data: each observance
 * is written out with its offsets, so that a calendar with older zone data still shows what was agreed.
 */
export function vtimezone(zone: string, from: Temporal.Instant, to: Temporal.Instant): string {
  const end = to.add({ hours: 24 * 370 })
  // Begin a year and a half early: the observance in force at `from` must be there.
  const early = from.subtract({ hours: 24 * 550 }).toZonedDateTimeISO(zone)
  const first =
    early.getTimeZoneTransition('previous') ?? Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone)
  const observances = [observance(first, zone)]
  for (
    let at = early.getTimeZoneTransition('next');
    at && at.epochMilliseconds < end.epochMilliseconds;
    at = at.getTimeZoneTransition('next')
  )
    observances.push(observance(at, zone))
  return ['BEGIN:VTIMEZONE', `TZID:${zone}`, ...observances.flat(), 'END:VTIMEZONE'].join('\r\n')
}

function observance(at: Temporal.ZonedDateTime, zone: string): string[] {
  const before = at.toInstant().subtract({ milliseconds: 1 }).toZonedDateTimeISO(zone)
  const kind = at.offsetNanoseconds > standardOffset(at) ? 'DAYLIGHT' : 'STANDARD'
  // DTSTART of an observance is the wall time of the moment before the change (RFC 5545: in the offset it comes from).
  const local = at.toInstant().toZonedDateTimeISO(before.offset).toPlainDateTime()
  return [
    `BEGIN:${kind}`,
    `DTSTART:${local.toString({ smallestUnit: 'second' }).replace(/[-:]/g, '')}`,
    `TZOFFSETFROM:${offset(before)}`,
    `TZOFFSETTO:${offset(at)}`,
    `TZNAME:${offset(at)}`,
    `END:${kind}`,
  ]
}

/** The smaller offset of a year: what a zone calls its standard time. */
function standardOffset(at: Temporal.ZonedDateTime): number {
  const inMonth = (month: number) => at.with({ month, day: 15, hour: 12 }).offsetNanoseconds
  return Math.min(inMonth(1), inMonth(7), at.offsetNanoseconds)
}

const offset = (at: Temporal.ZonedDateTime) => at.offset.replace(':', '').slice(0, 5)
