const MARK = '\u200F'

/**
 * A right-to-left stand-in of a locale, for layout tests: each text about a third longer and turned by
 * right-to-left marks, its `{{placeholders}}` untouched. English plurals are spread over the six of Arabic.
 */
export function pseudo(texts: unknown): unknown {
  if (typeof texts === 'string') return `${MARK}${texts}${' ·'.repeat(Math.ceil(texts.length / 12))}${MARK}`
  if (!texts || typeof texts !== 'object') return texts
  const turned = Object.fromEntries(Object.entries(texts).map(([key, value]) => [key, pseudo(value)]))
  for (const key of Object.keys(turned).filter(name => name.endsWith('_other')))
    for (const category of ['zero', 'two', 'few', 'many']) turned[key.replace(/other$/, category)] ??= turned[key]
  return turned
}
