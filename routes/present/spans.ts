import { differenceInWords, type Speaker, spanInWords } from './moments.ts'

/** From when to when, as people told each other; instants as `Told` writes them. */
export type Span = { startsAt: string; endsAt: string; zone: string }

/** When a session is on the clock of `zone`: "Tuesday, 2 March 2027, 11:00–12:30 (Baku)". */
export const spanIn = (say: Speaker, { startsAt, endsAt }: Span, zone: string): string =>
  spanInWords(say, Temporal.Instant.from(startsAt), Temporal.Instant.from(endsAt), zone)

/** Both times of a session in words: at the host, and for the reader with the difference. */
export function bothTimes(say: Speaker, span: Span, own: string): { host: string; own: string } {
  const difference = differenceInWords(say, Temporal.Instant.from(span.startsAt), span.zone, own)
  const time = spanIn(say, span, own)
  return {
    host: say.t('calendar.hostTime', { time: spanIn(say, span, span.zone) }),
    own: difference ? say.t('calendar.ownTime', { time, difference }) : say.t('calendar.ownSame', { time }),
  }
}
