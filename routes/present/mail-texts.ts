import type { T, Texts } from '../../lib/i18n.ts'
import { type MailText, type MailTextStep, placeholdersOf } from '../../models/mail-texts.ts'

/** Both languages of every mail; the pseudo-locale follows English and is nobody's to edit. */
export const MAIL_LANGUAGES = ['en', 'ru'] as const
export type MailLanguage = (typeof MAIL_LANGUAGES)[number]

/** One form of one text in one language: "en" has one and other where "ru" has four. */
export type Form = {
  key: string
  language: MailLanguage
  /** `one`, `few` …; empty where a text has one form only. */
  form: string
  /** Name of its field on the page. */
  field: string
  original: string
}

const PLURAL = /_(zero|one|two|few|many|other)$/

/** A text without the form of its plural. */
export const baseOf = (key: string): string => key.replace(PLURAL, '')

/** All texts of mails by their base, in the order of the English file. */
export function textsByBase(texts: Texts): Map<string, Form[]> {
  const forms = MAIL_LANGUAGES.flatMap(language =>
    Object.entries(texts.textsOf(language, 'mail')).map(([key, original]): Form => {
      const form = PLURAL.exec(key)?.[1] ?? ''
      return { key, language, form, field: form ? `${language}-${form}` : language, original }
    }),
  )
  return Map.groupBy(forms, each => baseOf(each.key))
}

/** The letter a text belongs to: its first word; texts of every letter stand together. */
export const letterOf = (base: string): string => (base.includes('.') ? base.split('.')[0]! : 'every')

const KINDS: Record<string, string> = {
  agenda: 'agenda-changed',
  digest: 'daily-digest',
  mandate: 'mandate-news',
  requests: 'request-news',
  results: 'evaluation-results',
  translating: 'translation-given',
  withdrawn: 'enrollment-withdrawn',
}

/** Words that begin the texts of several letters. */
const SEVERAL = ['every', 'assignment', 'enrollment', 'entrusting', 'training']

/** The name of a letter in words. */
export function letterName(letter: string, t: T): string {
  if (SEVERAL.includes(letter)) return t(`wordings.letters.${letter}`)
  const kind = KINDS[letter] ?? letter.replace(/[A-Z]/g, capital => `-${capital.toLowerCase()}`)
  return t(`mails.kinds.${kind}`)
}

/** What a text reads now: as edited, else as in the file. */
export function bodyOf({ key, language, original }: Form, edited: MailText[]): string {
  return edited.find(each => each.key === key && each.language === language)?.body ?? original
}

export function textRow(base: string, forms: Form[], edited: MailText[], address: string) {
  const inLanguage = (language: MailLanguage) =>
    forms
      .filter(form => form.language === language)
      .map(form => bodyOf(form, edited))
      .at(-1) ?? ''
  return {
    base,
    href: `${address}/${base}`,
    en: inLanguage('en'),
    ru: inLanguage('ru'),
    edited: forms.some(({ key, language }) => edited.some(each => each.key === key && each.language === language)),
  }
}

/** The text with an example in each place that is filled in. */
export function filled(body: string, t: T): string {
  return body.replace(/\{\{-?\s*([\w.]+)[^}]*\}\}/g, (_whole, name: string) => {
    const example = t(`wordings.examples.${name}`)
    return example === `wordings.examples.${name}` ? `[${name}]` : example
  })
}

/** What may be filled in, as it is written in the text. */
export const placesIn = (forms: Form[]): string[] =>
  [...new Set(forms.flatMap(({ original }) => placeholdersOf(original)))].map(name => `{{${name}}}`)

export const stepRow = (step: MailTextStep, t: T) => ({
  at: step.at,
  by: step.by,
  lang: step.language,
  language: t(`wordings.languages.${step.language}`),
  number: step.number,
  form: PLURAL.exec(step.key)?.[1] ?? null,
  body: step.body,
})
