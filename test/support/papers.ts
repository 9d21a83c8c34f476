import { execFileSync, spawnSync } from 'node:child_process'
import { extractText } from 'unpdf'

/** Papers as programs read them. */

// Marks of direction; and the half-space of Persian, which readers give back on one side of its letter or the other.
const MARKS = /[\u200c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g
const folded = (text: string) => text.normalize('NFKC').replace(MARKS, '').replace(/\s+/g, ' ')

/** The text as the reader from npm gives it: the words of a right-to-left line from left to right, each whole. */
export async function wordsOf(pdf: Buffer): Promise<string> {
  const { text } = await extractText(new Uint8Array(pdf), { mergePages: true })
  return folded(text)
}

/** The text as poppler's `pdftotext` gives it, where poppler is installed: it knows the order of right-to-left lines. */
export function pdftotext(pdf: Buffer): string | undefined {
  if (spawnSync('pdftotext', ['-v']).error) return undefined
  return folded(execFileSync('pdftotext', ['-', '-'], { input: pdf, encoding: 'utf8' }))
}
