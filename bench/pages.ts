import { DATED, feedToken, OTHER_AGENDAS } from './agenda.ts'
import type { Answer, Ask } from './requests.ts'
import { COORDINATOR, ENROLL_IN, type Seeded, TRAINING } from './seed.ts'
import { FOCAL_POINT } from './states.ts'
import { MARKER } from './works.ts'

export type Page = {
  name: string
  status: number
  asks(round: number): Ask
  /** Sees one answer before the measuring, for what can only be asked after it. */
  learn?(answer: Answer): void
}

let enrolling = 0
let saved = 1

/** The pages that are measured. Each asks as another person in turn, as in life. */
export function pages({ sessionOf, works, request }: Seeded): Page[] {
  const as = (person: number) => ({ cookie: sessionOf(person).cookie })
  const read = (name: string, path: string, signedIn = true): Page => ({
    name,
    status: 200,
    asks: round => ({ path, headers: signedIn ? as(round % 500) : {} }),
  })
  const by = (name: string, person: number, pathOf: (round: number) => string): Page => ({
    name,
    status: 200,
    asks: round => ({ path: pathOf(round), headers: as(person) }),
  })
  return [
    read('home (public)', '/en/', false),
    read('sign-in page', '/en/sign-in', false),
    read('catalog', '/en/courses', false),
    read('course page, guest', '/en/courses/RMC-01', false),
    read('course page, signed in', '/en/courses/RMC-01'),
    read('lesson', `/en/trainings/${TRAINING}/lessons/RMC-01-L1`),
    read("learner's home", '/en/home'),
    by("coordinator's home", COORDINATOR, () => '/en/home'),
    starting(sessionOf),
    by('test page', 600, () => `/en/trainings/${TRAINING}/attempts/1/1`),
    saving(sessionOf),
    enrollment(sessionOf),
    by('marking page', MARKER, round => `/en/marking/${works[round % works.length]}`),
    by("focal point's home", FOCAL_POINT, () => '/en/state'),
    by('request page', FOCAL_POINT, () => `/en/state/requests/${request}`),
    by('request page of the Center', COORDINATOR, () => `/en/manage/requests/${request}`),
    read('agenda, 100 sessions', `/en/trainings/${DATED}/agenda`),
    ...OTHER_AGENDAS.map(([sessions, code]) => read(`agenda, ${sessions} sessions`, `/en/trainings/${code}/agenda`)),
    {
      name: 'calendar feed, 100 sessions',
      status: 200,
      asks: round => ({ path: `/calendar/${feedToken(round % 500)}.ics` }),
    },
    unchangedFeed(),
  ]
}

/** What calendar programs ask all day: has anything changed? */
function unchangedFeed(): Page {
  let etag = ''
  return {
    name: 'calendar feed, unchanged',
    status: 304,
    asks: () => ({ path: `/calendar/${feedToken(0)}.ics`, ...(etag ? { headers: { 'if-none-match': etag } } : {}) }),
    learn: answer => {
      etag = answer.headers.etag ?? ''
    },
  }
}

/** Opens the attempt of one person; pressing start again leads to it. */
const starting = (sessionOf: Seeded['sessionOf']): Page => ({
  name: 'start of a test, again',
  status: 303,
  asks: () => form(`/en/trainings/${TRAINING}/attempts`, sessionOf(600)),
})

const saving = (sessionOf: Seeded['sessionOf']): Page => ({
  name: 'save an answer',
  status: 200,
  asks: round => {
    const { cookie, csrf } = sessionOf(600)
    return {
      method: 'POST',
      path: `/en/trainings/${TRAINING}/attempts/1/answers`,
      headers: { cookie, 'x-csrf-token': csrf, 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({
        device: 'bench-device',
        answers: [{ question: 1, counter: saved++, value: ['a'], ms: round }],
      }),
    }
  },
})

/** A new person each time. */
const enrollment = (sessionOf: Seeded['sessionOf']): Page => ({
  name: 'enroll',
  status: 303,
  asks: () => form(`/en/trainings/${ENROLL_IN}/enrollment`, sessionOf(enrolling++ % 3000)),
})

const form = (path: string, { cookie, csrf }: { cookie: string; csrf: string }): Ask => ({
  method: 'POST',
  path,
  headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
  body: `_csrf=${csrf}`,
})
