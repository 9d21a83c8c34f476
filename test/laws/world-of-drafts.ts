import { publishedPiece } from '../../models/curriculum/drafted.ts'
import { writtenCurriculum } from '../../models/curriculum/exporting.ts'
import { pieceOf } from '../../models/curriculum/pieces.ts'
import { beginDraft } from '../../models/drafting.ts'
import { asActor, type Someone } from '../support/people.ts'

/** A draft of a module's card, begun by the coordinator: the piece of the address. */
export async function somethingDrafted(module: string, coordinator: Someone): Promise<string> {
  const piece = pieceOf(module)!
  await beginDraft(await asActor(coordinator), piece, publishedPiece(await writtenCurriculum(), piece)!)
  return module
}
