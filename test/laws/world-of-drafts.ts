import { publishedPiece } from '../../models/curriculum/drafted.ts'
import { writtenCurriculum } from '../../models/curriculum/exporting.ts'
import { pieceOf } from '../../models/curriculum/pieces.ts'
import { beginDraft } from '../../models/drafting.ts'
import { liveDraft } from '../../models/draft.ts'
import { keepTranslation } from '../../models/importing-translations.ts'
import { remarksOf } from '../../models/remark.ts'
import { remark } from '../../models/remarking.ts'
import { addPicture } from '../../models/adding-pictures.ts'
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
  const tableId = await keepTranslation(actor, { draftId: id, name: 'table.xlsx', rows: [] })
  return { piece: module, tableId, remarkId: (await remarksOf(id))[0]!.id }
}
