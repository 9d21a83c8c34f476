import { type PdfMaker, PdfFailure } from '../lib/pdf.ts'
import type { Bilingual } from './certificate-paper.ts'
import { writingOf } from './names.ts'

/** A sheet to sign: one column per session, a line per person. Headings stand in both working languages. */
export type Sheet = {
  code: string
  title: Bilingual
  day: Bilingual
  place: Bilingual | null
  sessions: { title: Bilingual; time: string }[]
  people: SheetPerson[]
}

export type SheetPerson = {
  latin: string
  cyrillic: string | null
  own: string | null
  ownScript: string | null
  country: Bilingual
}

/** Lines left empty for people who come without being on the list. */
const EMPTY_LINES = 5

/**
 * The sheet as a PDF in A4, upright for one or two sessions and across for more. A letter no font has stands as a question
 * mark: one name must not cost the others their sheet. Call it outside any transaction.
 * @throws PdfFailure
 */
export async function sheetPdf(maker: PdfMaker, sheet: Sheet): Promise<Buffer> {
  const data = JSON.stringify({ ...sheet, people: sheet.people.map(person), empty: EMPTY_LINES })
  try {
    return await maker.make('attendance-sheet', { data })
  } catch (error) {
    if (!(error instanceof PdfFailure) || error.reason !== 'input') throw error
    const letters = new Set([...error.message.matchAll(/text `"([^`]*)"`/g)].flatMap(([, text]) => [...(text ?? '')]))
    if (!letters.size) throw error
    return maker.make('attendance-sheet', {
      data: [...data].map(letter => (letters.has(letter) ? '?' : letter)).join(''),
    })
  }
}

function person({ latin, cyrillic, own, ownScript, country }: SheetPerson) {
  const writing = own ? writingOf(own, ownScript) : null
  return {
    latin,
    cyrillic,
    // Cyrillic is shown by itself already.
    own: own && own !== cyrillic && own !== latin ? own : null,
    ownDir: writing?.dir ?? 'ltr',
    ownLang: writing?.lang ?? 'en',
    country,
  }
}
