export type DateStyle = 'date' | 'short' | 'weekday' | 'time' | 'datetime'
export type Moment = Temporal.Instant | Temporal.PlainDate | string

const STYLES: Record<DateStyle, Intl.DateTimeFormatOptions> = {
  date: { day: 'numeric', month: 'long', year: 'numeric' },
  short: { day: 'numeric', month: 'short', year: 'numeric' },
  weekday: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  time: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  datetime: { day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
}

const formats = new Map<string, Intl.DateTimeFormat>()

/**
 * A date in words. An instant is shown in `zone`; a calendar date (PlainDate or 'YYYY-MM-DD') as it is.
 * Zones are named by the caller beside it: see `date` among the view locals.
 */
export function dateInWords(moment: Moment, tag: string, zone: string, style: DateStyle = 'date'): string {
  const plain = typeof moment === 'string' && /^\d{4}-\d\d-\d\d$/.test(moment)
  const instant = moment instanceof Temporal.Instant ? moment : instantOf(moment)
  const shownIn = plain || moment instanceof Temporal.PlainDate ? 'UTC' : zone
  return formatOf(tag, shownIn, style).format(instant.epochMilliseconds)
}

function formatOf(tag: string, zone: string, style: DateStyle) {
  const key = `${tag}|${zone}|${style}`
  let format = formats.get(key)
  if (!format) {
    format = new Intl.DateTimeFormat(tag === 'ar-XB' ? 'en-GB' : tag === 'en' ? 'en-GB' : tag, {
      ...STYLES[style],
      timeZone: zone,
    })
    formats.set(key, format)
  }
  return format
}

function instantOf(moment: Exclude<Moment, Temporal.Instant>): Temporal.Instant {
  if (moment instanceof Temporal.PlainDate) return moment.toZonedDateTime('UTC').toInstant()
  if (/^\d{4}-\d\d-\d\d$/.test(moment)) return Temporal.PlainDate.from(moment).toZonedDateTime('UTC').toInstant()
  return Temporal.Instant.from(moment)
}
