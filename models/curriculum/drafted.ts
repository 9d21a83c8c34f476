import { type Draft, type DraftPart, LANGUAGES } from '../draft.ts'
import { checkCurriculum } from './checking.ts'
import { type Apart, heldFiles } from './files.ts'
import { KINDS, partHash, type Piece, type PieceContent } from './pieces.ts'
import type { Finding } from './problem.ts'
import type { Curriculum } from './reading.ts'
import { filesOf, type WrittenCurriculum, type WrittenModule } from './writing.ts'

/** A draft with what stands in it. */
export type Drafted = { draft: Pick<Draft, 'kind' | 'code' | 'module'>; parts: DraftPart[] }

/**
 * Something wrong in a draft: the part and, where it is in a text, its line there; elsewhere the file and its line.
 */
export type PieceProblem = Finding & { part: 'en' | 'ru' | 'all'; file: string; line: number; inText: boolean }

/**
 * A curriculum with drafts in the place of what is published. A part that a draft leaves as it was begun gives way to
 * what was published since.
 */
export function withDrafts(written: WrittenCurriculum, drafts: Drafted[]): WrittenCurriculum {
  const modules = written.modules.map(module =>
    drafts.filter(({ draft }) => draft.module === module.card.code).reduce(withDraft, module),
  )
  return { ...written, modules }
}

function withDraft(module: WrittenModule, { draft, parts }: Drafted): WrittenModule {
  const kind = KINDS[draft.kind]
  const published = kind.read(module, draft.code)
  if (!published) return module
  const content = { ...published }
  for (const part of parts) if (isChanged(part)) content[part.part] = part.content
  return kind.write(module, draft.code, content)
}

const isChanged = ({ content, baseHash }: DraftPart) => partHash(content) !== baseHash

/** Parts of a draft that were changed here and were published with another text since. */
export function movedParts(written: WrittenCurriculum, { draft, parts }: Drafted): DraftPart[] {
  const published = publishedPiece(written, draft)
  return parts.filter(part => isChanged(part) && published && partHash(published[part.part]) !== part.baseHash)
}

/** A piece as it is published; undefined when there is none. */
export function publishedPiece(written: WrittenCurriculum, piece: Piece): PieceContent | undefined {
  const module = written.modules.find(({ card }) => card.code === piece.module)
  return module && KINDS[piece.kind].read(module, piece.code)
}

/** Holds a curriculum as it is written against all checks of the files. */
export function checkWritten(written: WrittenCurriculum) {
  const files = written.modules.flatMap(({ card, files }) =>
    files.map(file => ({ ...file, name: `${card.code}/${file.name}` })),
  )
  const apart = [...written.pictures.map(name => ({ name, size: 0 })), ...files]
  return checkCurriculum(
    heldFiles(new Map<string, string | Apart>([...filesOf(written), ...apart.map(each => [each.name, each] as const)])),
  )
}

/** What the check of the files says of a draft, each problem in the part and line where its author finds it. */
export function problemsOf(written: WrittenCurriculum, drafted: Drafted): PieceProblem[] {
  const { draft } = drafted
  const edited = withDrafts(written, [drafted])
  const module = edited.modules.find(({ card }) => card.code === draft.module)!
  const files = KINDS[draft.kind].files(module, draft.code)
  const { curriculum, problems } = checkWritten(edited)
  return problems.map(({ file, line, message, code, params }) => {
    const own = LANGUAGES.find(language => file === `${draft.module}/${files[language]}`)
    const missing = LANGUAGES.find(language => message.includes(`${draft.module}/${files[language]} `))
    const first = own && firstLine(curriculum, file)
    const inText = first !== undefined && line >= first
    return { part: own ?? missing ?? 'all', file, line: inText ? line - first + 1 : line, inText, code, params }
  })
}

// The text begins after the empty line below its data.
function firstLine({ modules }: Curriculum, name: string) {
  const files = modules.flatMap(({ lessons, assignment }) => [...lessons, ...(assignment?.briefs ?? [])])
  const file = files.find(each => each.file === name)
  return file && file.bodyLine + 1
}
