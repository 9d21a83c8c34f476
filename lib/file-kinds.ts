import { createReadStream } from 'node:fs'
import { mkdtemp, open, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileTypeFromFile } from 'file-type'
import { type OfficeFault, officeIn } from './office-files.ts'

/** Kinds of files people are given: the media type, and the endings a name of that kind may have, the usual one first. */
export const FILE_KINDS = {
  pdf: { type: 'application/pdf', endings: ['pdf'] },
  docx: { type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', endings: ['docx'] },
  pptx: {
    type: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    endings: ['pptx', 'ppsx'],
  },
  xlsx: { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', endings: ['xlsx'] },
  odt: { type: 'application/vnd.oasis.opendocument.text', endings: ['odt'] },
  odp: { type: 'application/vnd.oasis.opendocument.presentation', endings: ['odp'] },
  ods: { type: 'application/vnd.oasis.opendocument.spreadsheet', endings: ['ods'] },
  png: { type: 'image/png', endings: ['png'] },
  jpg: { type: 'image/jpeg', endings: ['jpg', 'jpeg'] },
  webp: { type: 'image/webp', endings: ['webp'] },
  txt: { type: 'text/plain', endings: ['txt'] },
  csv: { type: 'text/csv', endings: ['csv'] },
  mp3: { type: 'audio/mpeg', endings: ['mp3'] },
  mp4: { type: 'video/mp4', endings: ['mp4'] },
} as const satisfies Record<string, { type: string; endings: string[] }>

export type FileKind = keyof typeof FILE_KINDS

/**
 * Why a file is not taken: `name` it has an ending that is not on the list, `mismatch` its content is of another kind
 * than its name says, `unknown` its content is of no kind on the list, `markup` its text is a page or a program.
 */
export type FileFault = OfficeFault | 'empty' | 'name' | 'mismatch' | 'unknown' | 'markup'
export type Kind = { kind: FileKind } | { fault: FileFault; found?: string }

/** The ending of a name in small letters, without its dot. */
export const endingOf = (name: string): string => /\.([^.]{1,10})$/.exec(name)?.[1]?.toLowerCase() ?? ''

/** The kind that the name of a file says it is of; undefined for an ending that is not on the list. */
export const kindNamed = (name: string) =>
  (Object.keys(FILE_KINDS) as FileKind[]).find(kind =>
    (FILE_KINDS[kind].endings as readonly string[]).includes(endingOf(name)),
  )

/** The kind of a media type that was kept, by what it is called. */
export const kindOfType = (type: string) =>
  (Object.keys(FILE_KINDS) as FileKind[]).find(kind => FILE_KINDS[kind].type === type)

/** What a file is by its bytes, if that is what its name says. */
export async function kindOf(path: string, name: string): Promise<Kind> {
  const named = kindNamed(name)
  if (!named) return { fault: 'name', found: endingOf(name) }
  if (!(await stat(path)).size) return { fault: 'empty' }
  const found = await contentOf(path)
  if (typeof found !== 'string') return found
  if (found === 'text')
    return named === 'txt' || named === 'csv' ? { kind: named } : { fault: 'mismatch', found: 'txt' }
  return found === named ? { kind: named } : { fault: 'mismatch', found }
}

/** The same for bytes that lie in no file yet. */
export async function kindOfBytes(bytes: Buffer, name: string): Promise<Kind> {
  const folder = await mkdtemp(join(tmpdir(), 'file-'))
  try {
    const path = join(folder, 'content')
    await writeFile(path, bytes)
    return await kindOf(path, name)
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function contentOf(path: string): Promise<FileKind | 'text' | Exclude<Kind, { kind: FileKind }>> {
  const first = await beginningOf(path)
  if (first.subarray(0, 2).toString('latin1') === 'PK') {
    const office = await officeIn(path)
    return typeof office === 'string' ? office : office
  }
  const known: string | undefined = (await fileTypeFromFile(path))?.ext
  if (known && Object.hasOwn(FILE_KINDS, known)) return known as FileKind
  if (known) return /^(xml|html|svg)$/.test(known) ? { fault: 'markup' } : { fault: 'unknown', found: known }
  if (!(await isText(path))) return { fault: 'unknown' }
  return isMarkup(first) ? { fault: 'markup' } : 'text'
}

async function beginningOf(path: string): Promise<Buffer> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(1024), 0, 1024, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/** A text that a browser or a shell would run: what begins with a tag, a declaration or a line that names a program. */
const isMarkup = (first: Buffer) => /^\s*(<[!?a-z]|#!)/i.test(textOf(first))

// Text is stored in UTF-8, in UTF-16 with its mark, or in an older code page.
function textOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString('utf16le').slice(1)
  return bytes.toString('utf8').replace(/^\uFEFF/, '')
}

/** Whether the whole file is text: no byte that no text has. UTF-16 has zeros, and is known by its mark. */
async function isText(path: string): Promise<boolean> {
  let wide: boolean | undefined
  for await (const part of createReadStream(path) as AsyncIterable<Buffer>) {
    wide ??= part.length > 1 && ((part[0] === 0xff && part[1] === 0xfe) || (part[0] === 0xfe && part[1] === 0xff))
    if (wide) continue
    for (const byte of part) if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 12) return false
  }
  return true
}
