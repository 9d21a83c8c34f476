import { sql } from '../../lib/db.ts'
import { pieceOf } from '../../models/curriculum/pieces.ts'
import { keepTranslation } from '../../models/importing-translations.ts'
import { saveRendition } from '../../models/writing-renditions.ts'
import type { SomeTraining } from '../support/trainings.ts'
import { asActor, type Someone } from '../support/people.ts'

/** Persian is agreed for a training, and somebody has begun to translate a lesson of it. */
export async function somethingAgreed(training: SomeTraining, lesson: string, coordinator: Someone) {
  await sql(null, `update trainings set languages = '{en,ru,fa}', agreed_condition = 'Letter 12' where id = $1`, [
    training.id,
  ])
  const actor = await asActor(coordinator)
  const place = { ...pieceOf(lesson)!, language: 'fa' }
  await saveRendition(actor, place, { text: { title: 'درس', body: '## یک واژه' }, seen: 0 })
  const persianTableId = await keepTranslation(actor, { rendition: place }, { name: 'table.xlsx', rows: [] })
  return { persian: lesson, persianTableId }
}
