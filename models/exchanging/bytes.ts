import { fileTypeFromBuffer } from 'file-type'
import { Refused } from '../refused.ts'

/** Formats that questions come in and go out in, with the endings of their names. */
export const FORMATS = { yaml: ['yaml', 'yml'], gift: ['gift', 'txt'], xlsx: ['xlsx'], csv: ['csv'] } as const
export type Format = keyof typeof FORMATS

/** The format that a file's name says it has. @throws Refused `bankFile.name` */
export function formatOf(name: string): Format {
  const ending = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''
  const format = (Object.keys(FORMATS) as Format[]).find(each => (FORMATS[each] as readonly string[]).includes(ending))
  if (!format) throw new Refused('bankFile.name', { field: 'file' })
  return format
}

/**
 * The text of a file in UTF-8. Other encodings are named and not guessed at: a wrong guess would put wrong letters into
 * questions.
 * @throws Refused `bankFile.notText`, `bankFile.encoding`, `bankFile.control`, `bankFile.empty`
 */
export async function textOf(bytes: Buffer, field: string): Promise<string> {
  const kind = await fileTypeFromBuffer(bytes)
  if (kind && !kind.mime.startsWith('text/') && kind.mime !== 'application/xml')
    throw new Refused('bankFile.notText', { field, kind: kind.ext.toUpperCase() })
  if (isUtf16(bytes)) throw new Refused('bankFile.encoding', { field, encoding: 'UTF-16' })
  const text = decoded(bytes)
  if (text === null) throw new Refused('bankFile.encoding', { field, encoding: 'Windows-1251' })
  if (!text.trim()) throw new Refused('bankFile.empty', { field })
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what no text has
  const control = text.search(/[\u0000-\u0008\u000b\u000e-\u001f]/)
  if (control >= 0) throw new Refused('bankFile.control', { field, line: text.slice(0, control).split('\n').length })
  return text
}

function decoded(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

// By its mark; without one, by the zeros beside Latin letters, spaces and new lines.
function isUtf16(bytes: Buffer): boolean {
  if (bytes.length > 1 && ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)))
    return true
  const start = bytes.subarray(0, 2000)
  return start.length > 3 && start.filter(byte => byte === 0).length > start.length / 10
}
