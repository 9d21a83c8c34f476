const names = new Map<string, string>()

/** The name of a language in the language of the page: "Russian", "русский". Each is asked for once. */
export function languageName(code: string, lang: string): string {
  const key = `${lang} ${code}`
  const known = names.get(key)
  if (known) return known
  const name = new Intl.DisplayNames(lang === 'ar-xb' ? 'en' : lang, { type: 'language' }).of(code) ?? code
  names.set(key, name)
  return name
}

/** Several of them in a row: "English, Russian". */
export const languageNames = (codes: string[], lang: string): string =>
  codes.map(code => languageName(code, lang)).join(', ')
