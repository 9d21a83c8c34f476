import { sql } from '../../lib/db.ts'
import { keep } from '../../lib/storage.ts'
import { now } from '../../lib/time.ts'
import { assignmentOf } from '../../models/assignment.ts'
import { returnWork } from '../../models/marking.ts'
import { filesOf } from '../../models/submission.ts'
import { addFile, handIn, saveDraft } from '../../models/submitting.ts'
import { theHouse } from '../support/app.ts'
import { anAssignment, lastWork, PDF } from '../support/assignments.ts'
import type { SomeCourse } from '../support/courses.ts'
import { anEnrollment, aTraining, type SomeTraining } from '../support/trainings.ts'
import { asActor, type Someone } from '../support/people.ts'

/** A blended training whose learner handed in a text and a file, got it back and works on the second round. */
export type Marked = {
  training: SomeTraining
  enrollmentId: string
  workId: string
  fileId: string
  draftFileId: string
}

export async function somethingMarked(
  course: SomeCourse,
  { owner, trainer }: { owner: Someone; trainer: Someone },
): Promise<Marked> {
  await anAssignment(course.versionId, { formats: ['blended'] })
  const training = await aTraining(course, {
    ...{ code: 'RMC-01-MARKED', format: 'blended', status: 'running', startsOn: '2027-03-01', endsOn: '2027-03-05' },
  })
  await sql(
    null,
    `insert into role_grants (person_id, role, scope_kind, scope_id, valid_from) values ($1, 'trainer', 'training', $2, $3)`,
    [trainer.id, training.id, now().subtract({ hours: 1 })],
  )
  const { id: enrollmentId } = await anEnrollment(training, owner)
  const learner = await asActor(owner)
  const place = (await assignmentOf(learner, training.code))!
  const sha256 = await keep(theHouse().config.uploadsDir, PDF)
  await saveDraft(learner, place, { body: 'A text, rewritten', language: 'en', revision: 0 })
  await addFile(learner, place, { sha256, size: PDF.length, type: 'application/pdf', name: 'work.pdf' }, 'en')
  await handIn(learner, place)
  const workId = await lastWork(place)
  await returnWork(await asActor(trainer), workId, { levels: {}, comment: 'Name your sources.' })
  const [file] = await filesOf(workId)
  const [draftFile] = await filesOf(await lastWork(place))
  return { training, enrollmentId, workId, fileId: file!.id, draftFileId: draftFile!.id }
}
