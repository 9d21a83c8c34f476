import type { Request } from 'express'
import { z } from 'zod'
import { isZone } from '../../lib/time.ts'
import { isCountry, zoneOf } from '../../models/countries.ts'
import { strangerIn, type Script } from '../../models/names.ts'
import { ownLanguage } from '../../models/own-languages.ts'
import { AGENCY_TYPES, type Sex } from '../../models/person.ts'
import type { PersonInFull } from '../../models/people-lists.ts'
import type { PersonData } from '../../models/registering.ts'
import type { FieldError } from '../request.ts'
import { type Parsed, parse } from './again.ts'

/** Chosen instead of a country by who works for an international organization. */
export const INTERNATIONAL = 'international'

const name = (script: Script, message: string, required: boolean) =>
  z.string('people.errors.nameLatin').superRefine((text, context) => {
    if (!text && required) return context.addIssue({ code: 'custom', message: 'people.errors.nameLatin' })
    if (text.length > 100) return context.addIssue({ code: 'custom', message: 'people.errors.nameLong' })
    const letter = strangerIn(text, script)
    if (text && letter) context.addIssue({ code: 'custom', message, params: { letter } })
    else if (text && !/\p{L}/u.test(text)) context.addIssue({ code: 'custom', message: 'people.errors.nameLatin' })
  })

const fields = {
  nameLatin: name('latin', 'people.errors.notLatin', true),
  nameCyrillic: name('cyrillic', 'people.errors.notCyrillic', false).default(''),
  nameOwn: z.string('people.errors.nameOwn').max(100, 'people.errors.nameLong').default(''),
  nameOwnScript: z
    .string()
    .default('')
    .refine(tag => !tag || Boolean(ownLanguage(tag)), 'people.errors.nameOwnScript'),
  country: z
    .string('people.errors.country')
    .refine(code => code === INTERNATIONAL || isCountry(code), 'people.errors.country'),
  organization: z
    .string('people.errors.organization')
    .max(200, 'people.errors.organizationLong')
    .regex(/^\P{Cc}*$/u, 'people.errors.organization')
    .default(''),
  agencyType: z.enum(AGENCY_TYPES, 'people.errors.agencyType'),
  sex: z.enum(['woman', 'man', 'other', 'not_stated'], 'people.errors.sex'),
}

/** Language of mails and first page, and zone. An empty zone stands for the main one of the country. */
export const languageFields = (codes: string[]) => ({
  locale: z.string('people.errors.locale').refine(code => codes.includes(code), 'people.errors.locale'),
  zone: z
    .string('people.errors.zone')
    .refine(zone => !zone || (zone.length < 100 && isZone(zone)), 'people.errors.zone'),
})

type Fields<Extra extends z.ZodRawShape> = z.infer<z.ZodObject<typeof fields & Extra>>

/**
 * A posted form about a person, with more fields of its own. What one field says about another (a name needs its
 * language, an international organization its name) is checked together with the rest, so that all is told at once.
 */
export function parsePerson<Extra extends z.ZodRawShape>(
  req: Request,
  extra: Extra,
  more: FieldError[] = [],
): Parsed<Fields<Extra>> {
  const schema = z.object({ ...fields, ...extra })
  const { values, errors } = parse(req, schema)
  const all = [...(errors ?? []), ...crossErrors(req), ...more]
  if (!all.length) return { values: values as Fields<Extra> }
  const first = all.filter((error, index) => all.findIndex(other => other.field === error.field) === index)
  return { errors: first.sort((a, b) => ORDER.indexOf(a.field) - ORDER.indexOf(b.field)) }
}

// As the fields stand on the page.
const ORDER = ['email', 'password', ...Object.keys(fields), 'locale', 'zone', 'agree']

function crossErrors({ body, t }: Request): FieldError[] {
  const text = (key: string) => (typeof body?.[key] === 'string' ? body[key].trim() : '')
  const errors: FieldError[] = []
  const add = (field: string, key: string, params?: Record<string, unknown>) =>
    errors.push({ field, text: t(`people.errors.${key}`, params) })
  const [own, tag] = [text('nameOwn'), text('nameOwnScript')]
  if (own && !tag) add('nameOwnScript', 'nameOwnScript')
  if (!own && tag) add('nameOwn', 'nameOwn')
  const language = ownLanguage(tag)
  const letter = own && language && strangerIn(own, language.script ?? undefined)
  if (letter) add('nameOwn', 'notOwn', { letter, language: t(`people.ownLanguages.${tag}`) })
  if (text('country') === INTERNATIONAL && !text('organization')) add('organization', 'organizationNeeded')
  // Without a country there is one thing to mend, not two.
  if ('zone' in (body ?? {}) && !text('zone') && text('country') && !zoneOf(text('country'))) add('zone', 'zone')
  return errors
}

/** The parsed fields as the domain takes them. */
export function personData(values: z.infer<z.ZodObject<typeof fields>>): PersonData {
  return {
    nameLatin: folded(values.nameLatin),
    nameCyrillic: folded(values.nameCyrillic) || null,
    nameOwn: folded(values.nameOwn) || null,
    nameOwnScript: values.nameOwn ? values.nameOwnScript : null,
    country: values.country === INTERNATIONAL ? null : values.country,
    organization: folded(values.organization) || null,
    agencyType: values.agencyType,
    sex: values.sex as Sex,
  }
}

/** A person's data as the form shows them. */
export const personValues = (person: PersonInFull) => ({ ...person, country: person.country ?? INTERNATIONAL })

const folded = (text: string) => text.replace(/\s+/g, ' ').trim()
