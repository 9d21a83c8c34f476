/**
 * Names of files as people meet them: in any script, without what moves text, breaks a line or leaves a folder.
 */

/** Longest name that is kept, in characters: with an ending it fits every file system in use. */
const LONGEST = 120

// Control characters, and marks that turn the direction of what follows ("invoice‮fdp.exe").
const UNSEEN = /[\p{Cc}\p{Cs}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF\uFFF9-\uFFFB]/gu

/** The last part of a path without unseen characters, cut to a length every disk takes; its ending stays. */
export function cleanName(name: string): string {
  const last = name.normalize('NFC').split(/[/\\]/).at(-1)!.replace(UNSEEN, '').replace(/\s+/g, ' ').trim()
  const [, stem, ending] = /^(.*?)(\.[^. ]{1,10})?$/s.exec(last)!
  return `${cut(stem!, LONGEST)}${ending ?? ''}` || 'file'
}

/** A title made of a name: no ending, no underscores. */
export function titleFrom(name: string): string {
  const stem = cleanName(name).replace(/\.[^. ]{1,10}$/, '')
  return stem.replace(/_+/g, ' ').replace(/\s+/g, ' ').trim() || 'file'
}

/** A part of a path inside an archive: what no system allows in a name becomes a space. */
export function archiveName(text: string): string {
  const plain = text
    .normalize('NFC')
    .replace(UNSEEN, '')
    .replace(/[<>:"/\\|?*]+/g, ' ')
  return cut(plain.replace(/\s+/g, ' ').trim(), 80).replace(/^\.+|[. ]+$/g, '') || '_'
}

// Never in the middle of a letter that is written with several characters.
function cut(text: string, most: number): string {
  if (text.length <= most) return text
  let short = ''
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (short.length + segment.length > most) break
    short += segment
  }
  return short.trim()
}

/** The header that names a download (RFC 6266): plain letters for old readers, the whole name in UTF-8 (RFC 8187). */
export function attachmentOf(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]/g, '_').replace(/["\\%]/g, '_')
  const whole = encodeURIComponent(name).replace(/['()*]/g, sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`
}
