import type { PieceKind } from '../draft.ts'
import { hashOf } from './content.ts'
import { assignmentPiece } from './pieces/assignment.ts'
import { cardPiece } from './pieces/card.ts'
import { lessonPiece } from './pieces/lesson.ts'
import type { WrittenModule } from './writing.ts'

/** What is edited on its own, and the module it belongs to. */
export type Piece = { kind: PieceKind; code: string; module: string }

type Fields = Record<string, unknown>

/** A piece in its parts: each language, and what is the same in every language. */
export type PieceContent = { en: Fields; ru: Fields; all: Fields }

/** How a kind of piece is taken from its module, put back, and where its files are. */
export type Kind = {
  /** Undefined when the module has no such piece. */
  read(module: WrittenModule, code: string): PieceContent | undefined
  write(module: WrittenModule, code: string, content: PieceContent): WrittenModule
  /** Names of its files in the module's folder, by the part that is written there. */
  files(module: WrittenModule, code: string): { en?: string; ru?: string; all?: string }
}

export const KINDS: { [K in PieceKind]: Kind } = { lesson: lessonPiece, card: cardPiece, assignment: assignmentPiece }

/** The piece of an address: `RMC-01` a card, `RMC-01-L2` a lesson, `RMC-01-assignment` an assignment. */
export function pieceOf(name: string): Piece | undefined {
  const [, module, lesson, assignment] = /^(RMC-(?:\d\d|TOT))(?:-(L\d+)|-(assignment))?$/.exec(name) ?? []
  if (!module) return undefined
  if (assignment) return { kind: 'assignment', code: module, module }
  return { kind: lesson ? 'lesson' : 'card', code: name, module }
}

/** The name of a piece in addresses. */
export const pieceName = ({ kind, code }: { kind: string; code: string }): string =>
  kind === 'assignment' ? `${code}-assignment` : code

/** The pieces a module has, in the order in which they are read. */
export function piecesOf(module: WrittenModule): Piece[] {
  const { code, lessons } = module.card
  const own = { code, module: code }
  return [
    { kind: 'card', ...own },
    ...lessons.map((lesson): Piece => ({ kind: 'lesson', code: lesson.code, module: code })),
    ...(module.assignment ? [{ kind: 'assignment' as const, ...own }] : []),
  ]
}

/** Fingerprint of a part, however its fields are ordered. */
export const partHash = (part: Fields): string => hashOf(ordered(part))

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered)
  if (typeof value !== 'object' || value === null) return value
  return Object.entries(value)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, each]) => [key, ordered(each)])
}
