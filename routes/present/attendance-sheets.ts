import { dayInWords } from '../../models/certificate-words.ts'
import type { AgendaTraining } from '../../models/agenda.ts'
import type { AttendedSession } from '../../models/attendance.ts'
import type { AttendingPerson } from '../../models/attendance-lists.ts'
import type { Sheet } from '../../models/attendance-sheets.ts'
import type { Words } from '../../models/course.ts'
import { clockIn } from './moments.ts'
import { countryName } from './people.ts'
import { wordsIn } from './words.ts'

const both = (words: Words) => ({ en: wordsIn(words, 'en'), ru: wordsIn(words, 'ru') })

/** The sheet to sign of one day: both languages at once, whatever language the page has. */
export function sheetOf(
  training: AgendaTraining,
  day: string,
  sessions: AttendedSession[],
  people: AttendingPerson[],
  place: Words | null,
): Sheet {
  return {
    code: training.code,
    title: both(training.title),
    day: dayInWords(Temporal.PlainDate.from(day)),
    place: place && both(place),
    sessions: sessions.map(({ title, startsAt, endsAt, zone }) => ({
      title: both(title),
      time: `${clockIn(startsAt, zone)}–${clockIn(endsAt, zone)}`,
    })),
    people: people.map(({ name, cyrillic, own, ownScript, country, organization }) => ({
      ...{ latin: name, cyrillic, own, ownScript },
      country: {
        en: countryName(country, 'en') || (organization ?? ''),
        ru: countryName(country, 'ru') || (organization ?? ''),
      },
    })),
  }
}
