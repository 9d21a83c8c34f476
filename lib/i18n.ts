import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInstance, type i18n } from 'i18next'
import { pseudo } from './pseudo-locale.ts'

export type T = (key: string, params?: Record<string, unknown>) => string
export type Language = { code: string; tag: string; name: string; dir: 'ltr' | 'rtl'; listed: boolean }
export type Texts = {
  languages: Language[]
  translator(code: string): T
  language(code: string): Language | undefined
  /** The texts of one noun as they stand in its file, flat: `keyOfText -> text`, keys without the noun. */
  textsOf(code: string, noun: string): Record<string, string>
  /** A translator in which some texts of a noun read otherwise; keys as in `textsOf`. */
  edited(code: string, noun: string, changes: Record<string, string>): T
}

/** Code of the generated right-to-left locale for layout tests: never offered to readers. */
export const PSEUDO = 'ar-xb'

/**
 * Reads every folder of `locales/`: one language each, one JSON file per noun, keys as `noun.key`.
 * A new language is a new folder with a `language.json` of its own (name, tag, dir).
 * @param withPseudo also makes the pseudo-locale, generated from English
 */
export function loadTexts(folder: string, { withPseudo = false } = {}): Texts {
  const codes = readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(entry => entry.name)
  const resources: Record<string, { translation: Record<string, unknown> }> = {}
  for (const code of codes) resources[code] = { translation: readNouns(join(folder, code)) }
  const languages = codes.map(
    code => ({ code, listed: true, ...(resources[code]!.translation.language as object) }) as Language,
  )
  languages.sort((a, b) => Number(b.code === 'en') - Number(a.code === 'en') || a.code.localeCompare(b.code))
  if (withPseudo) {
    resources[PSEUDO] = { translation: pseudo(resources.en!.translation) as Record<string, unknown> }
    languages.push({ code: PSEUDO, tag: 'ar-XB', name: 'Pseudo', dir: 'rtl', listed: false })
  }
  const instance = open(resources)
  const translators = new Map(languages.map(({ code }) => [code, remembered(instance.getFixedT(code) as unknown as T)]))
  return {
    languages,
    translator: code => translators.get(code)!,
    language: code => languages.find(language => language.code === code),
    textsOf: (code, noun) => flat((resources[code]?.translation[noun] ?? {}) as Nested),
    edited(code, noun, changes) {
      const whole = nested({ ...flat((resources[code]?.translation[noun] ?? {}) as Nested), ...changes })
      const own = open({ [code]: { translation: { [noun]: whole } } }).getFixedT(code) as unknown as T
      const shared = translators.get(code)!
      return (key, params) => (key.startsWith(`${noun}.`) ? own(key, params) : shared(key, params))
    },
  }
}

/** A text without values is looked up once: a page has a hundred of them. Keys that do not exist are not kept. */
function remembered(translate: T): T {
  const known = new Map<string, string>()
  return (key, params) => {
    if (params) return translate(key, params)
    const text = known.get(key) ?? translate(key)
    if (text !== key) known.set(key, text)
    return text
  }
}

type Nested = { [key: string]: string | Nested }

function flat(texts: Nested, before = ''): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).flatMap(([key, text]) =>
      typeof text === 'string' ? [[before + key, text]] : Object.entries(flat(text, `${before}${key}.`)),
    ),
  )
}

function nested(texts: Record<string, string>): Nested {
  const whole: Nested = {}
  for (const [path, text] of Object.entries(texts)) {
    const keys = path.split('.')
    let at = whole
    for (const key of keys.slice(0, -1)) {
      at[key] ??= {}
      at = at[key] as Nested
    }
    at[keys.at(-1)!] = text
  }
  return whole
}

/** A Russian date ends with the period of "г."; at the end of a sentence one period stands for both. */
const onePeriod = {
  type: 'postProcessor' as const,
  name: 'one-period',
  process: (text: string) => text.replace(/г\.\.(?!\.)/g, 'г.'),
}

function open(resources: Record<string, object>): i18n {
  const instance = createInstance()
  instance.use(onePeriod).init({
    resources: resources as never,
    lng: 'en',
    postProcess: [onePeriod.name],
    // A key that is missing shows as itself, and the page checks of the tests refuse it.
    fallbackLng: false,
    // Or it would look for the generated locale under 'ar-XB'.
    lowerCaseLng: true,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    initAsync: false,
    returnNull: false,
    showSupportNotice: false,
  } as never)
  return instance
}

function readNouns(folder: string): Record<string, unknown> {
  const nouns: Record<string, unknown> = {}
  for (const file of readdirSync(folder).filter(name => name.endsWith('.json')))
    nouns[file.slice(0, -5)] = JSON.parse(readFileSync(join(folder, file), 'utf8'))
  return nouns
}
