import type { Piece } from './pieces.ts'

/** One question of a GIFT file as written, with what the lines above and comments in it say of it. */
export type Block = { piece: Piece; category: string; id: string; tags: string[] }

/** The questions of a GIFT file: empty lines stand between them. Comments are blanked, so that lines stay where they are. */
export function blocksOf(text: string, second: boolean): Block[] {
  const blocks: Block[] = []
  let category = ''
  let open: Block | null = null
  let noted = { id: '', tags: [] as string[] }
  const close = () => {
    if (open?.piece.text.trim()) blocks.push(open)
    open = null
    noted = { id: '', tags: [] }
  }
  for (const [index, line] of text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\r|\n/)
    .entries()) {
    const named = /^\s*\$CATEGORY:(.*)$/.exec(line)
    if (!line.trim()) close()
    else if (named && !open) category = named[1]!.trim()
    else if (/^\s*\/\//.test(line)) {
      noteComment(line, noted)
      if (open) open.piece.text += '\n'
    } else if (open) open.piece.text += `\n${line}`
    else open = { piece: { text: line, line: index + 1, ...(second ? { second } : {}) }, category, ...noted }
    if (open) Object.assign(open, { id: open.id || noted.id, tags: noted.tags })
  }
  close()
  return blocks
}

function noteComment(line: string, noted: { id: string; tags: string[] }) {
  const values = (name: string) =>
    [...line.matchAll(new RegExp(`\\[${name}:((?:\\\\.|[^\\]\\\\])*)\\]`, 'g'))].map(([, value]) =>
      value!.replace(/\\(.)/g, '$1').trim(),
    )
  noted.id ||= values('id')[0] ?? ''
  noted.tags.push(...values('tag').filter(Boolean))
}
