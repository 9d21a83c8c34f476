import { ownLanguage } from './own-languages.ts'

/** Working languages and the other official languages of the ten States: what a session may be interpreted into. */
export const OFFICIAL_LANGUAGES = ['en', 'ru', 'az', 'kk', 'ky', 'tg', 'tr', 'fa', 'ur', 'it', 'tk', 'uz'] as const

/** The working languages of the Center: others need an agreed condition (Terms of Reference, "Language"). */
export const WORKING_LANGUAGES = ['en', 'ru'] as const
export type WorkingLanguage = (typeof WORKING_LANGUAGES)[number]

const isWorking = (language: string) => WORKING_LANGUAGES.some(each => each === language)

/** Those of a training's languages that are there by agreement. */
export const agreedAmong = (languages: string[]): string[] => languages.filter(language => !isWorking(language))

/** Whether the curriculum can be brought into this language for a training. */
export const mayBeAgreed = (language: string): boolean =>
  OFFICIAL_LANGUAGES.some(each => each === language) && !isWorking(language)

/** Which way a language is written. */
export const directionOf = (language: string): 'ltr' | 'rtl' => ownLanguage(language)?.dir ?? 'ltr'
