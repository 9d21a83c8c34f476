import type { Piece } from './pieces.ts'

/** Formats that a text of a GIFT file may say it has. */
export const FORMATS = ['moodle', 'html', 'markdown', 'plain'] as const
export type Format = (typeof FORMATS)[number]

/** A text of a GIFT file, its escapes resolved. */
export type GiftText = Piece & { format: Format }
/** `weight`: percent of the points, from -100 to 100. */
export type GiftAnswer = { text: GiftText; weight: number; feedback: GiftText | null }
/** `answer` null: any number. */
export type GiftNumber = Omit<GiftAnswer, 'text'> & { at: Piece; answer: number | null; tolerance: number }

export type GiftAnswers =
  | { kind: 'description' }
  | { kind: 'essay' }
  | { kind: 'true_false'; right: boolean; ifWrong: GiftText | null; ifRight: GiftText | null }
  | { kind: 'choice'; several: boolean; answers: GiftAnswer[] }
  | { kind: 'short'; answers: GiftAnswer[] }
  | { kind: 'numeric'; answers: GiftNumber[]; ifWrong: GiftText | null }
  | { kind: 'matching'; pairs: { left: GiftText; right: GiftText }[] }

/** A question as Moodle would understand it. `general`: feedback on the question as a whole. */
export type GiftQuestion = {
  at: Piece
  title: string
  id: string
  tags: string[]
  category: string
  stem: GiftText
  general: GiftText | null
} & GiftAnswers
