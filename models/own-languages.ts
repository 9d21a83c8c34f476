/** Languages a name in its own script may be in, and which way they run. */
export const OWN_LANGUAGES = [
  { tag: 'az', script: 'latin', dir: 'ltr' },
  { tag: 'kk', script: null, dir: 'ltr' },
  { tag: 'ky', script: 'cyrillic', dir: 'ltr' },
  { tag: 'tg', script: 'cyrillic', dir: 'ltr' },
  { tag: 'tr', script: 'latin', dir: 'ltr' },
  { tag: 'fa', script: 'arabic', dir: 'rtl' },
  { tag: 'it', script: 'latin', dir: 'ltr' },
  { tag: 'ur', script: 'arabic', dir: 'rtl' },
  { tag: 'tk', script: 'latin', dir: 'ltr' },
  { tag: 'uz', script: null, dir: 'ltr' },
  { tag: 'ar', script: 'arabic', dir: 'rtl' },
  { tag: 'prs', script: 'arabic', dir: 'rtl' },
] as const

/** What is known of a language tag kept with a name; undefined for a tag that is not on the list. */
export const ownLanguage = (tag: string | null) => OWN_LANGUAGES.find(each => each.tag === tag)
