import { inTransaction } from '../lib/db.ts'
import type { Actor } from './actor.ts'
import { record } from './audit.ts'
import { segmentsOf, type Text } from './bilingual/segments.ts'
import { sheetOfSegments, tableName } from './bilingual/sheet.ts'
import { pieceName } from './curriculum/pieces.ts'
import type { Place } from './translating.ts'

/** A piece as a bilingual table (XLSX); that it went out is written down. @throws Refused 'bilingual.tooLong' */
export async function exportTranslation(
  actor: Actor,
  { kind, code, language }: Place,
  { en, target }: { en: Text; target: Text },
): Promise<{ name: string; file: Buffer }> {
  const segments = segmentsOf(en, target)
  const piece = pieceName({ kind, code })
  const file = await sheetOfSegments(piece, language, segments)
  const name = tableName(piece, language)
  const details = { kind, code, language, segments: segments.length }
  await inTransaction(() => record(actor, 'translation.exported', 'translation', name, details))
  return { name, file }
}
