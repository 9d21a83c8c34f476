import { publishedPiece } from '../../models/curriculum/drafted.ts'
import { writtenCurriculum } from '../../models/curriculum/exporting.ts'
import { pieceOf } from '../../models/curriculum/pieces.ts'
import { newDiagram } from '../../models/curriculum/editing-diagrams.ts'
import { putDiagram } from '../../models/drawing-up.ts'
import { beginDraft } from '../../models/drafting.ts'
import { liveDraft } from '../../models/draft.ts'
import { keepTranslation } from '../../models/importing-translations.ts'
import { remarksOf } from '../../models/remark.ts'
import { remark } from '../../models/remarking.ts'
import { keep } from '../../lib/storage.ts'
import { addFile } from '../../models/adding-files.ts'
import { addPicture } from '../../models/adding-pictures.ts'
import { theHouse } from '../support/app.ts'
import { png } from '../support/files.ts'
import { asActor, type Someone } from '../support/people.ts'

/** A draft of a module's card with a remark about it: the piece of the address. */
export async function somethingDrafted(module: string, coordinator: Someone) {
  const piece = pieceOf(module)!
  const actor = await asActor(coordinator)
  await beginDraft(actor, piece, publishedPiece(await writtenCurriculum(), piece)!)
  const { id } = (await liveDraft(piece.kind, piece.code))!
  await remark(actor, id, { part: 'en', quote: '', body: 'Shorter, please.' })
  await addPicture(actor, module, { name: 'flows.png', type: 'image/png', bytes: png(), alternative: null })
  await putDiagram(actor, id, newDiagram('timeline', 'years'), null)
  const bytes = Buffer.from('Terms')
  const sha256 = await keep(theHouse().config.uploadsDir, bytes)
  const file = { sha256, size: bytes.length, type: 'text/plain', name: 'terms.txt' }
  await addFile(actor, module, { ...file, title: { en: 'Terms', ru: 'Термины' } })
  const tableId = await keepTranslation(actor, { draftId: id }, { name: 'table.xlsx', rows: [] })
  return { piece: module, tableId, remarkId: (await remarksOf(id))[0]!.id }
}
