import type { T, Texts } from '../../lib/i18n.ts'
import { CENTER_ZONE } from '../../lib/time.ts'
import { OTHER_COUNTRIES, STATES } from '../../models/countries.ts'
import { OWN_LANGUAGES, ownLanguage } from '../../models/own-languages.ts'
import { AGENCY_TYPES } from '../../models/person.ts'
import type { PersonInFull } from '../../models/people-lists.ts'
import { INTERNATIONAL } from '../forms/people.ts'
import { zoneName, zoneOptions } from './zones.ts'

export type Option = { value: string; label: string; lang?: string }

const countries = new Map<string, Option[]>()

/** The ten States by their names in the Declaration and in its order, then the international, then the rest by alphabet. */
export function countryOptions(lang: string, t: T): Option[] {
  let options = countries.get(lang)
  if (!options) {
    const others = OTHER_COUNTRIES.map(code => ({ value: code, label: countryName(code, lang) }))
    options = [
      { value: '', label: t('people.choose') },
      ...STATES.map(({ iso2, name }) => ({ value: iso2, label: name[lang === 'ru' ? 'ru' : 'en'] })),
      { value: INTERNATIONAL, label: t('people.international') },
      ...others.sort((a, b) => a.label.localeCompare(b.label, tagOf(lang))),
    ]
    countries.set(lang, options)
  }
  return options
}

/** A country in the reader's language; the ten States by their names in the Declaration. */
export function countryName(code: string | null, lang: string): string {
  if (!code) return ''
  const state = STATES.find(each => each.iso2 === code)
  if (state) return state.name[lang === 'ru' ? 'ru' : 'en']
  return new Intl.DisplayNames([tagOf(lang)], { type: 'region' }).of(code) ?? code
}

const tagOf = (lang: string) => (lang === 'ru' ? 'ru' : 'en')

/** Everything the choices of a form about a person offer. */
export function personOptions(lang: string, t: T) {
  return {
    countries: countryOptions(lang, t),
    ownLanguages: [
      { value: '', label: t('people.ownLanguages.none') },
      ...OWN_LANGUAGES.map(({ tag }) => ({ value: tag, label: t(`people.ownLanguages.${tag}`) })),
    ],
    agencyTypes: [
      { value: '', label: t('people.choose') },
      ...AGENCY_TYPES.map(type => ({ value: type, label: t(`people.agencyTypes.${type}`) })),
    ],
    sexes: ['woman', 'man', 'other', 'not_stated'].map(sex => ({ value: sex, label: t(`people.sexes.${sex}`) })),
  }
}

/** Zones to choose from, each with its offset today; first the main one of the country, when that is an answer. */
export function zonesToChoose(t: T, byCountry: boolean): Option[] {
  const zones = zoneOptions(t, '').map(({ value, label }) => ({ value, label: `${label} (${offsetOf(value)})` }))
  return byCountry ? [{ value: '', label: t('people.zoneOfCountry') }, ...zones] : zones
}

const offsets = new Map<string, string>()

// UTC+5; a day is long enough to be told of summer time.
function offsetOf(zone: string): string {
  const day = Temporal.Now.plainDateISO('UTC').toString()
  const key = `${day} ${zone}`
  let offset = offsets.get(key)
  if (!offset) {
    if (offsets.size > 1000) offsets.clear()
    offset = `UTC${Temporal.Now.zonedDateTimeISO(zone).offset.replace(/^([+-])0?(\d+):00$/, '$1$2')}`
    offsets.set(key, offset)
  }
  return offset
}

export type SummaryRow = { key: string; value: string; lang?: string; dir?: string }

/** Names and work of a person, as rows of a summary. */
export function personRows(person: PersonInFull, lang: string, t: T): SummaryRow[] {
  const own = ownLanguage(person.nameOwnScript)
  const none = t('people.notGiven')
  return [
    { key: t('people.nameLatin'), value: person.nameLatin ?? t('people.erased') },
    { key: t('people.nameCyrillic'), value: person.nameCyrillic ?? none },
    {
      key: t('people.nameOwn'),
      value: person.nameOwn ?? none,
      ...(person.nameOwn && own ? { lang: own.tag, dir: own.dir } : {}),
    },
    { key: t('people.country'), value: countryName(person.country, lang) || t('people.international') },
    { key: t('people.organization'), value: person.organization ?? none },
    { key: t('people.agencyType'), value: person.agencyType ? t(`people.agencyTypes.${person.agencyType}`) : none },
    { key: t('people.sex'), value: t(`people.sexes.${person.sex}`) },
  ]
}

/** A zone in words with its offset. */
export const zoneInWords = (zone: string, t: T): string => `${zoneName(zone, t)} (${offsetOf(zone)})`

/** A role in words, with the State of a focal point. */
export function roleInWords(role: string, scopeKind: string, scopeId: string, lang: string, t: T): string {
  const words = t(`people.roles.${role}`)
  if (scopeKind === 'state') return t('people.roleOf', { role: words, of: countryName(scopeId, lang) })
  return words
}

/** Languages of mails and pages, each by its own name. */
export const languageOptions = (texts: Texts): Option[] =>
  texts.languages.filter(each => each.listed).map(({ code, tag, name }) => ({ value: code, label: name, lang: tag }))

/** The last day of a role, in Baku: it ends with that day, not on the next. */
export const lastDay = (end: Temporal.Instant | null): string | null =>
  end?.subtract({ milliseconds: 1 }).toZonedDateTimeISO(CENTER_ZONE).toPlainDate().toString() ?? null
