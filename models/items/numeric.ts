import { z } from 'zod'
import * as shape from '../curriculum/shapes.ts'
import { type Input, WHY } from './inputs.ts'
import { entryAt, type Kind, type Mistake, type Value } from './kind.ts'
import { readNumber } from './numbers.ts'

type Content = { answer: number; tolerance: number; unit?: shape.Words; feedback: shape.Words }

/** A number, how far off it may be, its unit and why. */
export const NUMBER: Input[] = [
  { as: 'number', name: 'answer' },
  { as: 'number', name: 'tolerance' },
  { as: 'words', name: 'unit', optional: true },
  WHY,
]

/** A number, right within its tolerance on either side. */
export const numeric: Kind<Content> = {
  type: 'numeric',
  shape: z.strictObject({
    answer: z.number(),
    tolerance: z.number().min(0),
    unit: shape.words.optional(),
    feedback: shape.words,
  }),
  inputs: NUMBER,
  mistakes: (): Mistake[] => [],
  parts: () => [{ path: '', takes: 'words', most: 40 }],
  points: (content, value) => (isNear(content, entryAt(value, '')) ? 1 : 0),
  right: ({ answer }) => [plainNumber(answer)],
  face: ({ unit }) => ({ as: 'line', path: '', of: 'number', unit }),
  judged: (content, value: Value) => ({
    lines: [
      {
        about: null,
        given: entryAt(value, '') ?? null,
        right: rightNumber(content),
        ok: isNear(content, entryAt(value, '')),
        feedback: content.feedback,
      },
    ],
  }),
}

/** Digits with a point and without an exponent, as `readNumber` reads them. */
export const plainNumber = (value: number): string =>
  value.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 20 })

export type Near = Pick<Content, 'answer' | 'tolerance'> & { unit?: shape.Words | undefined }

/** Whether what was written is the number, give or take its tolerance; the unit may be written or left out. */
export function isNear({ answer, tolerance, unit }: Near, text = ''): boolean {
  // 0.1 + 0.2 is not 0.3 in a computer: the edge of the tolerance counts in.
  const most = tolerance + 1e-9 * Math.max(1, Math.abs(answer))
  return readNumber(text, unit ? [unit.en, unit.ru, '%'] : ['%']).some(number => Math.abs(number - answer) <= most)
}

/** The right number in words: `12,5 ± 0,5 km`. */
export function rightNumber({ answer, tolerance, unit }: Near): shape.Words {
  const said = (lang: 'en' | 'ru') => {
    const number = (value: number) => (lang === 'ru' ? plainNumber(value).replace('.', ',') : plainNumber(value))
    const about = tolerance ? ` ± ${number(tolerance)}` : ''
    return `${number(answer)}${about}${unit ? ` ${unit[lang]}` : ''}`
  }
  return { en: said('en'), ru: said('ru') }
}
