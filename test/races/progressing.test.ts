import { expect } from 'chai'
import { inScope, one } from '../../lib/db.ts'
import { finishLesson } from '../../models/progressing.ts'
import '../support/app.ts'
import { aCourse } from '../support/courses.ts'
import { passedTest, sentEvaluation } from '../support/finishing.ts'
import { anEnrollment, aTraining } from '../support/trainings.ts'
import { asActor, cast } from '../support/people.ts'

describe('races: progressing', () => {
  it('forty posts that finish the last lesson make one progress, one promise and one mail', async () => {
    const training = await aTraining(await aCourse({ lessons: 1 }))
    const learner = await cast.learner()
    const enrollment = await anEnrollment(training, learner)
    await passedTest(enrollment)
    await sentEvaluation(enrollment)
    const actor = await asActor(learner)
    const lesson = training.course.lessons[0]!
    await Promise.all(Array.from({ length: 40 }, () => inScope(() => finishLesson(actor, enrollment.id, lesson.id))))
    for (const table of ['progress', 'mails', 'transitions'])
      expect((await one<{ n: number }>(null, `select count(*)::int as n from ${table}`))!.n, table).to.equal(1)
  })
})
