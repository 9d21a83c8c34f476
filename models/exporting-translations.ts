import { inTransaction } from '../lib/db.ts'
import type { Actor } from './actor.ts'
import { record } from './audit.ts'
import { segmentsOf, type Text } from './bilingual/segments.ts'
import { sheetOfSegments } from './bilingual/sheet.ts'
import { type Piece, pieceName, type PieceContent } from './curriculum/pieces.ts'

/** A piece as a bilingual table (XLSX); that it went out is written down. @throws Refused 'bilingual.tooLong' */
export async function exportTranslation(actor: Actor, piece: Piece, { en, ru }: PieceContent): Promise<Buffer> {
  const segments = segmentsOf(en as Text, ru as Text)
  const file = await sheetOfSegments(pieceName(piece), segments)
  const details = { kind: piece.kind, code: piece.code, segments: segments.length }
  await inTransaction(() => record(actor, 'translation.exported', 'translation', pieceName(piece), details))
  return file
}
