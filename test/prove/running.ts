import type { Proof } from './entries.ts'

/** What is promised to those who run a training, and to those they decide about. */
export const running: Proof[] = [
  {
    promise: 'Seats are never set below the people who enroll at the same moment',
    test: 'test/races/opening.test.ts',
    only: 'seats are never set below',
    on: 'postgres',
    file: 'models/opening.ts',
    find: `await sql('opening.lock', 'select id from trainings where id = $1 for update', [training.id])`,
    replace: '',
  },
  {
    promise: 'A training is not published while something is missing',
    test: 'test/running-trainings.test.ts',
    only: 'publishing is refused',
    file: 'models/turning.ts',
    find: `if (missing.length) throw new Refused('training.notReady', { missing })`,
    replace: '',
  },
  {
    promise: 'A place that is offered is held and counts as taken',
    test: 'test/running-trainings.test.ts',
    only: 'an offered place is held',
    file: 'models/enrolling.ts',
    find: `(status = 'enrolled' or (status = 'waiting' and offered_until > $3))`,
    replace: `status = 'enrolled' and $3::timestamptz is not null`,
  },
  {
    promise: 'An offer nobody takes passes to the next',
    test: 'test/running-trainings.test.ts',
    only: 'an offer nobody takes',
    file: 'models/placing.ts',
    find: 'and offer_passed_at is null',
    replace: '',
  },
  {
    promise: 'A copied training keeps wall times, whatever the clocks do between',
    test: 'test/running-trainings.test.ts',
    only: 'copied onto new dates',
    file: 'models/copying.ts',
    find: 'const wallStart = session.wallStart.add({ days })',
    replace: `const wallStart = session.startsAt.add({ hours: 24 * days }).toZonedDateTimeISO(session.zone).toPlainDateTime()`,
  },
  {
    promise: 'No name in a spreadsheet is a formula',
    test: 'test/running-trainings.test.ts',
    only: 'no name is a formula',
    file: 'lib/sheets.ts',
    find: "(/^[=+\\-@\\t\\r\\n]/.test(text) ? `'${text}` : text)",
    replace: 'text',
  },
  {
    promise: 'What was typed is carried through the sign-in page when the sign-in session was lost',
    test: 'test/sign-ins.test.ts',
    only: 'carried through the sign-in page',
    file: 'routes/guards.ts',
    find: "const carried = req.staleToken && !req.is('json') ? carriedFrom(req) : null",
    replace: 'const carried = null',
  },
]
