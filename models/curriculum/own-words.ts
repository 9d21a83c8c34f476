import path from 'node:path'
import { loadTexts } from '../../lib/i18n.ts'
import type { T } from '../../lib/i18n.ts'
import type { Words } from './shapes.ts'

const LOCALES = path.join(import.meta.dirname, '../../locales')
let read: ((language: string) => T) | undefined

/** The platform's own words in texts of the curriculum (names of blocks and tables), in the language of the text. */
export const translator = (language: string): T => {
  read ??= loadTexts(LOCALES).translator
  return read(language)
}

/** What a module's test is called. */
export const testTitle = (): Words => ({
  en: translator('en')('curriculum.test'),
  ru: translator('ru')('curriculum.test'),
})
