import type { Proof } from './entries.ts'

const pure = 'test/analyzing.test.ts'
const pages = 'test/item-analysis.test.ts'
const regrading = 'test/regrading.test.ts'

/** Understanding results: what answers say of questions, results corrected, what a training changed. */
export const analyzing: Proof[] = [
  {
    promise: 'A question is held against the rest of the test, not against itself',
    test: pure,
    only: 'not in the rest',
    file: 'models/analyzing/discriminating.ts',
    find: 'people.map(({ rest }) => rest)',
    replace: 'people.map(({ total }) => total)',
  },
  {
    promise: 'The coefficient of a test is that of the textbook',
    test: pure,
    only: 'KR-20',
    file: 'models/analyzing/reliability.ts',
    find: '(questions / (questions - 1)) * (1 - parts / whole)',
    replace: '1 - parts / whole',
  },
  {
    promise: 'Answers of fewer than five people are not shown',
    test: pages,
    only: 'under five answers there is nothing',
    file: 'models/analyzing/groups.ts',
    find: "people < SMALLEST_GROUP ? 'hidden' :",
    replace: '',
  },
  {
    promise: 'Nobody can tell what the next one answered by looking twice',
    test: pure,
    only: 'one more person changes nothing',
    file: 'models/analyzing/groups.ts',
    find: 'all.slice(0, all.length - (all.length % SMALLEST_GROUP))',
    replace: 'all.slice()',
  },
  {
    promise: 'A small group of one language does not follow by subtraction',
    test: pure,
    only: 'a language of fewer than thirty',
    file: 'models/analyzing/languages.ts',
    find: 'if (en!.length < ENOUGH || ru!.length < ENOUGH) return null',
    replace: '',
  },
  {
    promise: 'Later attempts, which have seen explanations, say nothing of a question',
    test: pages,
    only: 'only the first attempt',
    file: 'models/item-analysis.ts',
    find: 'select distinct on (e.person_id) a.id',
    replace: 'select distinct on (a.id) a.id',
  },
  {
    promise: 'A pass is not lost unless somebody says that they have seen it',
    test: regrading,
    only: 'a pass is not lost without being seen',
    file: 'models/regrading.ts',
    find: 'if (lost && !losses)',
    replace: 'if (lost && losses === undefined)',
  },
  {
    promise: 'Results are corrected as they were shown, or not at all',
    test: regrading,
    only: 'who saw other changes',
    file: 'models/regrading.ts',
    find: 'if (signOf(places) !== seen)',
    replace: "if (seen === '')",
  },
  {
    promise: 'After results are corrected every grade still follows from answers and keys',
    test: regrading,
    only: 'a pass is not lost without being seen',
    file: 'models/regrading.ts',
    find: 'select distinct on (a.enrollment_id, a.assessment_id) a.* from attempts a\n',
    replace: 'select distinct on (a.enrollment_id, a.assessment_id) a.* from (select * from attempts where false) a\n',
  },
  {
    promise: 'Who no longer passes is no longer due for a certificate; one that is issued stays',
    test: regrading,
    only: 'an eligibility without a certificate',
    file: 'models/completing.ts',
    find: "for (const fallen of ['attendance', 'test'] as const)",
    replace: "for (const fallen of ['attendance'] as const)",
  },
  {
    promise: 'A key of other options is not offered for answers that were given',
    test: regrading,
    only: 'a key of other options',
    file: 'models/regrade.ts',
    find: 'fieldsOf(asked) === fieldsOf(key)',
    replace: "fieldsOf(asked) !== ''",
  },
  {
    promise: 'Of forty who correct the same results at once one does',
    test: 'test/races/regrading.test.ts',
    on: 'postgres',
    file: 'models/regrading.ts',
    find: "'select pg_advisory_xact_lock($1)'",
    replace: "'select $1::int'",
  },
  {
    promise: 'The gain of fewer than five people is told to nobody',
    test: 'test/gain.test.ts',
    only: 'says nothing of four people',
    file: 'models/analyzing/gaining.ts',
    find: 'inFives(all)',
    replace: 'all.concat(all)',
  },
]
