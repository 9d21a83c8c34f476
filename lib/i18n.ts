import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInstance, type i18n } from 'i18next'
import { pseudo } from './pseudo-locale.ts'

export type T = (key: string, params?: Record<string, unknown>) => string
export type Language = { code: string; tag: string; name: string; dir: 'ltr' | 'rtl'; listed: boolean }
export type Texts = { languages: Language[]; translator(code: string): T; language(code: string): Language | undefined }

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
  const translators = new Map(languages.map(({ code }) => [code, instance.getFixedT(code) as unknown as T]))
  return {
    languages,
    translator: code => translators.get(code)!,
    language: code => languages.find(language => language.code === code),
  }
}

function open(resources: Record<string, object>): i18n {
  const instance = createInstance()
  instance.init({
    resources: resources as never,
    lng: 'en',
    // A key that is missing shows as itself, and the page checks of the tests refuse it.
    fallbackLng: false,
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
