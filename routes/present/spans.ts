import { dateInWords } from '../../lib/dates.ts'
import type { T } from '../../lib/i18n.ts'
import { minutesAhead } from '../../lib/wall-time.ts'
import { zoneName } from './zones.ts'

/** From when to when, as people told each other; instants as `Told` writes them. */
export type Span = { startsAt: string; endsAt: string; zone: string }

/** "Tuesday, 2 March 2027, 11:00–12:30 (Baku)", on the clock of `zone`. */
export function spanInWords({ startsAt, endsAt }: Span, zone: string, tag: string, t: T): string {
  const start = Temporal.Instant.from(startsAt)
  const end = Temporal.Instant.from(endsAt)
  const words = (at: Temporal.Instant, style: 'weekday' | 'time') => dateInWords(at, tag, zone, style)
  const parts = {
    date: words(start, 'weekday'),
    from: words(start, 'time'),
    to: words(end, 'time'),
    zone: zoneName(zone, t),
  }
  const untilDate = words(end, 'weekday')
  return untilDate === parts.date ? t('calendar.span', parts) : t('calendar.spanOver', { ...parts, untilDate })
}

/** "1 hour ahead of Baku": how the reader's clock stands to that of the host at the start. */
export function differenceInWords({ startsAt, zone: host }: Span, own: string, t: T): string {
  const minutes = minutesAhead(Temporal.Instant.from(startsAt), host, own)
  const zone = zoneName(host, t)
  if (!minutes) return t('calendar.same', { zone })
  const hours = Math.floor(Math.abs(minutes) / 60)
  const rest = Math.abs(minutes) % 60
  const ofHours = t('calendar.hours', { count: hours })
  const ofMinutes = t('calendar.minutes', { count: rest })
  const span = !rest
    ? ofHours
    : hours
      ? t('calendar.hoursAndMinutes', { hours: ofHours, minutes: ofMinutes })
      : ofMinutes
  return t(minutes > 0 ? 'calendar.ahead' : 'calendar.behind', { span, zone })
}

/** Both times of a session in words: at the host, and for the reader with the difference. */
export function bothTimes(span: Span, own: string, tag: string, t: T): { host: string; own: string } {
  const difference = differenceInWords(span, own, t)
  return {
    host: t('calendar.hostTime', { time: spanInWords(span, span.zone, tag, t) }),
    own: t('calendar.ownTime', { time: spanInWords(span, own, tag, t), difference }),
  }
}
