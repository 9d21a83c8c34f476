import { nextVersion } from '../../models/composing.ts'
import { aComposedCourse, aPlan } from '../support/composing.ts'
import { asActor, type Someone } from '../support/people.ts'

/** A composed course that is published while its next version is being written: its code. */
export async function somethingComposed(lesson: string, coordinator: Someone): Promise<string> {
  const [actor, code] = [await asActor(coordinator), 'BORDER-BASICS']
  await aComposedCourse(actor, code, aPlan([lesson]))
  await nextVersion(actor, code, false)
  return code
}
