const names = new Map<string, Intl.DisplayNames>()

/** The name of a language in the language of the page: "Russian", "русский". */
export function languageName(code: string, lang: string): string {
  let known = names.get(lang)
  if (!known) {
    known = new Intl.DisplayNames(lang === 'ar-xb' ? 'en' : lang, { type: 'language' })
    names.set(lang, known)
  }
  return known.of(code) ?? code
}

/** Several of them in a row: "English, Russian". */
export const languageNames = (codes: string[], lang: string): string =>
  codes.map(code => languageName(code, lang)).join(', ')
