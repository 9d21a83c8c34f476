import type { PdfMaker } from '../lib/pdf.ts'
import type { Words } from './course.ts'
import { writingOf } from './names.ts'

/** A line as it was written, with the direction it runs in. */
export type PaperLine = { text: string; dir: 'ltr' | 'rtl'; lang?: string }

export type PaperSection = {
  title: Words
  rows: { label: Words; lines: PaperLine[] }[]
  tables: { head: Words[]; rows: PaperLine[][] }[]
}

/** All that a record of a request or an agreement prints; fixed words come in both languages. */
export type RecordInputs = {
  code: string
  title: Words
  subject: PaperLine[]
  facts: { label: Words; value: Words }[]
  sections: PaperSection[]
  signing: Words
  signatures: { who: Words; name: PaperLine; date: Words }[]
}

// Letters of other scripts, and pictures: the fonts of the paper have none, and one would cost the whole paper.
const UNSHOWN =
  /[^\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Common}\p{Script=Inherited}]|\p{Extended_Pictographic}|[\p{Co}\p{Cn}]/gu

/** A line in the direction of most of its letters; what the paper cannot show stands as a question mark. */
export const paperLine = (text: string): PaperLine => ({ text: text.replace(UNSHOWN, '?'), ...writingOf(text) })

/** What stands alike in both languages once, else the English and then the Russian lines. */
export const bothLines = (en: string[], ru: string[]): PaperLine[] =>
  en.join('\n') === ru.join('\n') ? en.map(paperLine) : [...en, ...ru].map(paperLine)

/** The record as a PDF. Rejects with `PdfFailure` (reason `input` when a letter is in no font). */
export const recordPdf = (maker: PdfMaker, inputs: RecordInputs): Promise<Buffer> =>
  maker.make('record', { data: JSON.stringify(inputs) })
