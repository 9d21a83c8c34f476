import { keep } from '../../lib/storage.ts'
import { removeMaterial, shareMaterials } from '../../models/sharing-materials.ts'
import { theHouse } from '../support/app.ts'
import type { SomeTraining } from '../support/trainings.ts'
import { asActor, type Someone } from '../support/people.ts'

/** Two files of a training, of which one was removed. */
export type Shelved = { materialId: string; removedId: string }

export async function somethingShared(training: SomeTraining, who: Someone): Promise<Shelved> {
  const coordinator = await asActor(who)
  const files = []
  for (const name of ['a.txt', 'b.txt']) {
    const bytes = Buffer.from(`Terms of ${name}`)
    const file = {
      sha256: await keep(theHouse().config.uploadsDir, bytes),
      size: bytes.length,
      type: 'text/plain',
      name,
    }
    files.push({ file, title: { en: name, ru: name } })
  }
  const about = { sessionId: null, language: 'en', visible: 'before' } as const
  const [materialId, removedId] = await shareMaterials(coordinator, training.id, { ...about, files })
  await removeMaterial(coordinator, training.id, removedId!)
  return { materialId: materialId!, removedId: removedId! }
}
