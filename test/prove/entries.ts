import { accounts } from './accounts.ts'
import { assignments } from './assignments.ts'
import { attendance } from './attendance.ts'
import { attempts } from './attempts.ts'
import { authoring } from './authoring.ts'
import { analyzing } from './analyzing.ts'
import { bank } from './bank.ts'
import { bootstrap } from './bootstrap.ts'
import { certificates } from './certificates.ts'
import { composing } from './composing.ts'
import { edge } from './edge.ts'
import { essays } from './essays.ts'
import { exchanging } from './exchanging.ts'
import { glossary } from './glossary.ts'
import { items } from './items.ts'
import { laws } from './laws.ts'
import { diagrams } from './diagrams.ts'
import { learning } from './learning.ts'
import { lines } from './lines.ts'
import { materials } from './materials.ts'
import { mailAndCalendar } from './mail-and-calendar.ts'
import { mailFaults } from './mail-faults.ts'
import { outbox } from './outbox.ts'
import { platform } from './platform.ts'
import { renditions } from './renditions.ts'
import { requests } from './requests.ts'
import { running } from './running.ts'
import { sessions } from './sessions.ts'
import { teaching } from './teaching.ts'
import { translating } from './translating.ts'

/**
 * One promise, the test that holds it, and the one line whose breaking must turn that test red.
 * `npm run prove -- words of the promise` tries one alone. A new area is a new file beside this one.
 */
export type Proof = {
  /** What the platform promises, as a sentence. */
  promise: string
  /** The test file. */
  test: string
  /** Words of the test's title, when only some of the file are meant. */
  only?: string
  /** Races need real PostgreSQL. */
  on?: 'postgres'
  /** The file to break. */
  file: string
  /** Stands in it exactly once; left out when the file is new. */
  find?: string
  replace: string
}

export const entries: Proof[] = [
  ...laws,
  ...bootstrap,
  ...edge,
  ...glossary,
  ...items,
  ...authoring,
  ...composing,
  ...bank,
  ...analyzing,
  ...exchanging,
  ...platform,
  ...accounts,
  ...assignments,
  ...attempts,
  ...essays,
  ...certificates,
  ...diagrams,
  ...learning,
  ...lines,
  ...outbox,
  ...mailAndCalendar,
  ...mailFaults,
  ...sessions,
  ...attendance,
  ...materials,
  ...requests,
  ...running,
  ...teaching,
  ...translating,
  ...renditions,
]
