import {
  type BlockKind,
  blockKinds,
  blockName,
  diagramOf,
  markdownTokens,
  standsAlone,
  type Token,
} from '../../lib/markdown.ts'

/** What a lesson's text holds, each with its line in the file, for checks, comparison and reports. */
export type Outline = {
  headings: { level: number; line: number; text: string }[]
  blocks: { kind: BlockKind; title: string; line: number }[]
  /** `section` is the number of `##` headings above. */
  citations: { id: string; line: number; section: number }[]
  pictures: { address: string; text: string; line: number }[]
  /** `alone`: nothing else stands in its paragraph. */
  diagrams: { code: string; alone: boolean; line: number }[]
  html: { line: number }[]
  links: { address: string; text: string; line: number }[]
  passages: Passage[]
  words: number
}

/** A stretch of running text. Citations stand in it as the sign `CITED`. */
export type Passage = {
  text: string
  line: number
  kind: 'paragraph' | 'cell' | 'heading'
  /** Where it stands: blocks, lists, quotations and tables, outermost first, each told apart by a number. */
  inside: { kind: string; number: number }[]
}

export const CITED = '\uE000'

/** Outline of Markdown whose first line is line `firstLine` of its file. */
export function outlineOf(body: string, firstLine = 1): Outline {
  const outline: Outline = {
    headings: [],
    blocks: [],
    citations: [],
    pictures: [],
    diagrams: [],
    html: [],
    links: [],
    passages: [],
    words: 0,
  }
  const inside: Passage['inside'] = []
  let number = 0
  let line = firstLine
  const tokens = markdownTokens(body)
  tokens.forEach((token, index) => {
    if (token.map) line = firstLine + token.map[0]
    if (token.nesting === 1 && groups.test(token.type))
      inside.push({ kind: token.type.replace(/^container_|_open$/g, ''), number: ++number })
    if (token.nesting === -1 && groups.test(token.type)) inside.pop()
    const kind = blockKinds.find(kind => token.type === `container_${kind}_open`)
    if (kind) outline.blocks.push({ kind, title: blockName(token), line })
    if (token.type === 'html_block') outline.html.push({ line })
    if (token.type === 'inline') addText(outline, token, tokens[index - 1]!, line, [...inside])
  })
  outline.words = countWords([...outline.passages.map(({ text }) => text), ...outline.blocks.map(({ title }) => title)])
  return outline
}

const groups = /^(container_\w+|bullet_list|ordered_list|blockquote|table)_(open|close)$/

function addText(outline: Outline, token: Token, opener: Token, firstLine: number, inside: Passage['inside']) {
  const section = outline.headings.filter(heading => heading.level === 2).length
  let line = firstLine
  let text = ''
  for (const child of token.children ?? []) {
    if (child.type === 'citation') outline.citations.push({ id: child.content, line, section })
    const diagram = diagramOf(child)
    if (diagram) outline.diagrams.push({ code: diagram, alone: standsAlone(token), line })
    else if (child.type === 'image')
      outline.pictures.push({ address: String(child.attrGet('src')), text: child.content.trim(), line })
    if (child.type === 'link_open')
      outline.links.push({ address: String(child.attrGet('href')), text: linkText(token, child), line })
    if (child.type === 'html_inline') outline.html.push({ line })
    if (child.type === 'softbreak' || child.type === 'hardbreak') line++
    text += textOf(child)
  }
  const heading = opener.type === 'heading_open'
  if (heading) outline.headings.push({ level: Number(opener.tag.slice(1)), line: firstLine, text })
  const kind = heading ? 'heading' : opener.type === 'paragraph_open' ? 'paragraph' : 'cell'
  outline.passages.push({ text, line: firstLine, kind, inside })
}

/** The words of a link: what stands between its opening token and its closing one. */
function linkText({ children }: Token, link: Token) {
  const after = children!.slice(children!.indexOf(link) + 1)
  return after
    .slice(
      0,
      after.findIndex(({ type }) => type === 'link_close'),
    )
    .map(({ content }) => content)
    .join('')
}

function textOf(child: Token) {
  // Every row of a diagram says its source.
  if (child.type === 'citation' || diagramOf(child)) return CITED
  if (child.type === 'softbreak' || child.type === 'hardbreak') return '\n'
  return child.type === 'text' || child.type === 'code_inline' ? child.content : ''
}

const countWords = (texts: string[]) =>
  texts.reduce((total, text) => total + (text.match(/[\p{L}\p{N}]+(?:[-–'’.,][\p{L}\p{N}]+)*/gu) ?? []).length, 0)
