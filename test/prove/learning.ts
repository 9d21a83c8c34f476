import type { Proof } from './entries.ts'

/** What is promised to those who find, take and leave trainings. */
export const learning: Proof[] = [
  {
    promise: 'Fifty identical posts make one enrollment, one mail',
    test: 'test/enrolling.test.ts',
    only: 'fifty identical posts',
    file: 'models/enrolling.ts',
    find: 'if (before && LIVE.includes(before.status)) return before.status',
    replace: '',
  },
  {
    promise: 'Prerequisites are refused by the post too, and a revoked certificate meets none',
    test: 'test/enrolling.test.ts',
    only: 'prerequisites are refused',
    file: 'models/offering.ts',
    find: "and k.kind <> 'contribution' and k.revoked_at is null and k.replaced_at is null",
    replace: "and k.kind <> 'contribution'",
  },
  {
    promise: 'Lessons are for those enrolled; others are shown the training and the reason',
    test: 'test/lessons.test.ts',
    only: 'those who are not enrolled',
    file: 'models/policies/training.ts',
    find: `if (training.own === 'enrolled' || readsByWork(actor, training)) return YES`,
    replace: 'if (training) return YES',
  },
  {
    promise: 'An enrolled learner stays on the version they began',
    test: 'test/lessons.test.ts',
    only: 'stays on the version',
    file: 'models/offering.ts',
    find: 'coalesce(own.course_version_id, t.course_version_id)',
    replace: 't.course_version_id',
  },
  {
    promise: 'Unpublished courses are in no list and have no page',
    test: 'test/courses.test.ts',
    only: 'published',
    file: 'models/catalog.ts',
    find: 'where course_id = c.id and published_at is not null',
    replace: 'where course_id = c.id',
  },
  {
    promise: 'Pages of a learner take at most eight statements, however many people there are',
    test: 'test/trainings.test.ts',
    only: 'at most eight statements',
    file: 'routes/home.ts',
    find: 'const standings = await standingsOf(ids)',
    replace: 'const standings = await standingsOf(ids); for (const id of ids) await standingsOf([id])',
  },
  {
    promise: 'A draft training does not exist for the public',
    test: 'test/trainings.test.ts',
    only: 'leaves out drafts',
    file: 'models/policies/training.ts',
    find: `training.status !== 'draft' || actor.staff`,
    replace: `training.status !== 'nothing' || actor.staff`,
  },
]
