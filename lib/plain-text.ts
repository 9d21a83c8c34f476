import sanitize from 'sanitize-html'

/** What of a page's markup cannot be said in plain words. */
export type Markup = 'picture' | 'formatting'

/** Whether a text has tags in it, and not only a "<" of its own. */
export const hasTags = (text: string): boolean => /<\/?[a-z][^<>]*>/i.test(text)

/** HTML as plain text: paragraphs and breaks are lines, everything else loses its tags. `lost` names what that took away. */
export function plainOfHtml(html: string): { text: string; lost: Markup[] } {
  const lined = html.replace(/\s+/g, ' ').replace(/<br\s*\/?>|<\/(p|div|li|h[1-6]|tr)>/gi, '\n')
  const bare = sanitize(lined, { allowedTags: [], allowedAttributes: {} })
  const rest = lined.replace(/<\/?(p|div|span|br)(\s[^<>]*)?\/?>/gi, '')
  const lost: Markup[] = []
  if (/<(img|svg|video|audio|iframe|object|embed)\b/i.test(rest)) lost.push('picture')
  if (hasTags(rest.replace(/<\/?(img|svg|video|audio|iframe|object|embed)\b[^<>]*>/gi, ''))) lost.push('formatting')
  return {
    text: read(bare)
      .replace(/[ \t]*\n[ \t]*/g, '\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim(),
    lost,
  }
}

const ENTITIES: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&amp;': '&' }

const read = (text: string) => text.replace(/&(lt|gt|quot|amp);/g, entity => ENTITIES[entity]!)
