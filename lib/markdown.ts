import type { MarkdownIt as Markdown, StateCore, StateInline, Token } from 'markdown-it'
import MarkdownIt from 'markdown-it'
import container from 'markdown-it-container'
import sanitize from 'sanitize-html'

/**
 * Markdown with four kinds of blocks (`::: case Title` … `:::`), citations (`[@source-id]`), terms of the glossary
 * (`[word](term:id)`), files of the text's own folder (`[words](name.pdf)`), diagrams in the place of a paragraph (`![](diagram:code)`) and nothing of HTML.
 * A `check` block holds questions, a line `---`, and answers that stay folded.
 */
export const blockKinds = ['case', 'activity', 'check', 'figure'] as const
export type BlockKind = (typeof blockKinds)[number]

/** What the page adds: numbers of sources and the words around blocks, in the language of the text. */
export type Rendering = {
  /** Number printed for a source and used in its anchor `#source-<number>`. */
  sourceNumber(id: string): number
  /** Heading of a block, e.g. "Activity: Title". */
  blockTitle(kind: BlockKind, title: string): string
  /** Words on the fold over the answers of a self-check. */
  answers: string
  /** Name of the n-th table for a screen reader; a table in a figure takes the figure's title. */
  table(number: number): string
  /** Where the glossary explains a term. */
  termAddress(id: string): string
  /** Where a picture of the text's own folder is shown from. */
  pictureAddress(name: string): string
  /** Where a file of the text's own folder is fetched from, and its kind and size in words. */
  file(name: string): { address: string; note: string }
  /** Finished HTML of a diagram. */
  diagram(code: string): string
}

export type { Token }
export type Heading = { id: string; level: number; text: string }

/** Sanitized HTML of `text`: blocks as sections with an h3, citations as links, tables in a scrolling region. */
export function renderMarkdown(text: string, rendering: Rendering): string {
  const safe = sanitize(renderer.render(text, { rendering }), allowed)
  return safe.replace(DRAWN, (_, code: string) => rendering.diagram(code))
}

// A diagram is our own HTML: it takes its place after the author's text was made safe.
const DRAWN = /\uE001([a-z0-9._-]+)\uE001/g

/** The code of the diagram that an image token stands for; undefined for a picture. */
export function diagramOf(token: Token): string | undefined {
  return token.type === 'image' ? /^diagram:([a-z0-9._-]+)$/.exec(String(token.attrGet('src')))?.[1] : undefined
}

/** Whether the address of a link is the name of a file in the text's own folder. */
export const isFile = (address: string): boolean => /^[^/:#?]+\.[^/:#?]+$/.test(address)

/** A citation as the page prints it: the number of the source leads to its place in the list. */
export const citationLink = (number: number): string => `<a class="citation" href="#source-${number}">[${number}]</a>`

/** Tokens of `text`, raw HTML told apart (`html_block`, `html_inline`), for those who check a text. */
export function markdownTokens(text: string): Token[] {
  return reader.parse(text, {})
}

/** Headings of `text` in order, block titles left out, with the ids they get in `renderMarkdown`. */
export function headingsOf(text: string): Heading[] {
  const tokens = renderer.parse(text, {})
  return tokens.flatMap((token, index) =>
    token.type === 'heading_open'
      ? [{ id: String(token.attrGet('id')), level: Number(token.tag.slice(1)), text: plain(tokens[index + 1]) }]
      : [],
  )
}

/** Ids of the sources that `text` and its diagrams cite, each once, in order of first use. */
export function citedSources(text: string, ofDiagram: (code: string) => string[] = () => []): string[] {
  const inline = renderer.parse(text, {}).flatMap(token => token.children ?? [])
  const ids = inline.flatMap(token => {
    const diagram = diagramOf(token)
    return diagram ? ofDiagram(diagram) : token.type === 'citation' ? [token.content] : []
  })
  return [...new Set(ids)]
}

const plain = (token?: Token) => (token?.children ?? []).map(child => child.content).join('')

const allowed: sanitize.IOptions = {
  allowedTags: [
    ...['p', 'h2', 'h3', 'h4', 'ul', 'ol', 'li', 'strong', 'em', 's', 'a', 'blockquote', 'br', 'hr', 'code', 'pre'],
    ...['table', 'thead', 'tbody', 'tr', 'th', 'td', 'section', 'div', 'details', 'summary', 'img'],
  ],
  allowedAttributes: {
    a: ['href'],
    div: ['tabindex', 'role', 'aria-label'],
    h2: ['id'],
    h3: ['id'],
    h4: ['id'],
    img: ['src', 'alt'],
    ol: ['start'],
    section: ['aria-labelledby'],
    th: ['scope'],
  },
  allowedClasses: {
    a: ['citation', 'file', 'term'],
    div: ['table-scroll'],
    section: ['block', ...blockKinds.map(kind => `block-${kind}`)],
    td: ['align-end', 'align-center'],
    th: ['align-end', 'align-center'],
  },
  allowedSchemes: ['https', 'http', 'mailto'],
}

const renderer = build(false)
const reader = build(true)

function build(html: boolean): Markdown {
  const md = new MarkdownIt({ html })
  // "paragraph, then ---" is a rule, not a heading: the answers of a self-check begin with it.
  md.disable('lheading')
  for (const kind of blockKinds) md.use(container as unknown as Container, kind, blockRules(kind))
  md.inline.ruler.before('link', 'citation', citation)
  md.core.ruler.push('ids', state => giveIds(state.tokens))
  md.core.ruler.push('answers', state => foldAnswers(state))
  md.core.ruler.push('tables', state => shapeTables(state.tokens))
  md.core.ruler.push('diagrams', state => bareDiagrams(state.tokens))
  md.renderer.rules.citation = (tokens, index, _options, env) =>
    citationLink(rendering(env).sourceNumber(tokens[index]!.content))
  md.renderer.rules.link_open = (tokens, index, options, env, self) => {
    const token = tokens[index]!
    const term = /^term:(.+)$/.exec(String(token.attrGet('href')))
    if (term) token.attrSet('href', rendering(env).termAddress(term[1]!))
    if (term) token.attrSet('class', 'term')
    const name = String(token.attrGet('href'))
    if (isFile(name)) leadTo(rendering(env).file(name), token, tokens.slice(index))
    return self.renderToken(tokens, index, options)
  }
  md.renderer.rules.link_close = (tokens, index) => `</a>${escaped(tokens[index]!.content)}`
  md.renderer.rules.image = (tokens, index, options, env, self) => {
    const token = tokens[index]!
    const diagram = diagramOf(token)
    if (diagram) return `\uE001${diagram}\uE001`
    const name = String(token.attrGet('src'))
    if (!/^[a-z]+:|^\//i.test(name)) token.attrSet('src', rendering(env).pictureAddress(name))
    token.attrSet('alt', self.renderInlineAsText(token.children ?? [], options, env))
    return self.renderToken(tokens, index, options)
  }
  md.renderer.rules.answers_open = (_tokens, _index, _options, env) =>
    `<details><summary>${escaped(rendering(env).answers)}</summary>\n`
  md.renderer.rules.answers_close = () => '</details>\n'
  md.renderer.rules.table_open = (tokens, index, _options, env) => {
    const { number, figure } = tokens[index]!.meta as { number: number; figure?: string }
    const label = figure || rendering(env).table(number)
    return `<div class="table-scroll" tabindex="0" role="region" aria-label="${escaped(label)}">\n<table>\n`
  }
  md.renderer.rules.table_close = () => '</table>\n</div>\n'
  return md
}

// The plugin's own types are written for an older markdown-it.
type Container = (md: Markdown, name: string, rules: ReturnType<typeof blockRules>) => void

function blockRules(kind: BlockKind) {
  return {
    validate: (info: string) => info.trim().split(/\s+/)[0] === kind,
    render(tokens: Token[], index: number, _options: unknown, env: unknown) {
      const token = tokens[index]!
      if (token.nesting === -1) return '</section>\n'
      const id = String(token.attrGet('id'))
      const title = escaped(rendering(env).blockTitle(kind, blockName(token)))
      return `<section class="block block-${kind}" aria-labelledby="${id}">\n<h3 id="${id}">${title}</h3>\n`
    },
  }
}

/** Title of a block's opening token (`container_<kind>_open`), without its kind. */
export const blockName = (token: Token): string => token.info.trim().replace(/^\S+\s*/, '')

const rendering = (env: unknown) => (env as { rendering: Rendering }).rendering
const escaped = (text: string) => text.replace(/[&<>"]/g, sign => `&#${sign.charCodeAt(0)};`)

function citation(state: StateInline, silent: boolean): boolean {
  const found = /^\[@([^\]\s]+)\]/.exec(state.src.slice(state.pos))
  if (!found) return false
  if (!silent) state.push('citation', '', 0).content = found[1]!
  state.pos += found[0].length
  return true
}

// Numbers, not words: the same heading has the same id in every language, so the language switch keeps the place.
function giveIds(tokens: Token[]) {
  let count = 0
  for (const token of tokens)
    if (token.type === 'heading_open' || isBlock(token)) token.attrSet('id', `part-${++count}`)
}

// What a reader of a slow line asks first stands right after the link.
function leadTo({ address, note }: { address: string; note: string }, link: Token, after: Token[]) {
  link.attrSet('href', address)
  link.attrSet('class', 'file')
  after.find(({ type }) => type === 'link_close')!.content = ` (${note})`
}

const isBlock = (token: Token) => token.type.startsWith('container_') && token.nesting === 1

function foldAnswers(state: StateCore) {
  let open = false
  state.tokens = state.tokens.flatMap(token => {
    if (token.type === 'hr' && token.level === 1 && inCheck(state.tokens, token) && !open) {
      open = true
      return [new state.Token('answers_open', '', 1)]
    }
    if (token.type !== 'container_check_close' || !open) return [token]
    open = false
    return [new state.Token('answers_close', '', -1), token]
  })
}

function inCheck(tokens: Token[], token: Token) {
  return tokens.slice(0, tokens.indexOf(token)).findLast(before => before.level === 0)?.type === 'container_check_open'
}

/** A diagram is a block: no paragraph stands around it. */
function bareDiagrams(tokens: Token[]) {
  tokens.forEach((token, index) => {
    if (standsAlone(token)) for (const around of [tokens[index - 1]!, tokens[index + 1]!]) around.hidden = true
  })
}

/** Whether all of an inline token is one diagram. */
export const standsAlone = ({ children }: Token): boolean =>
  children?.length === 1 && diagramOf(children[0]!) !== undefined

function shapeTables(tokens: Token[]) {
  let number = 0
  let figure: string | undefined
  tokens.forEach((token, index) => {
    if (token.type === 'container_figure_open') figure = blockName(token)
    if (token.type === 'container_figure_close') figure = undefined
    if (token.type === 'table_open') token.meta = { number: ++number, figure }
    if (token.type === 'th_open') token.attrSet('scope', 'col')
    if (token.type === 'td_open' && tokens[index - 1]?.type === 'tr_open') headRow(tokens, index)
    if (token.type === 'th_open' || token.type === 'td_open') alignByClass(token)
  })
}

/** The first cell of a body row names the row. */
function headRow(tokens: Token[], index: number) {
  const close = tokens.slice(index).find(token => token.type === 'td_close')
  for (const token of [tokens[index]!, close!]) token.tag = 'th'
  tokens[index]!.attrSet('scope', 'row')
}

// The page's security policy allows no inline style.
function alignByClass(token: Token) {
  const style = String(token.attrGet('style') ?? '')
  if (!style) return
  token.attrs = token.attrs!.filter(([name]) => name !== 'style')
  if (style.includes('right')) token.attrSet('class', 'align-end')
  if (style.includes('center')) token.attrSet('class', 'align-center')
}
