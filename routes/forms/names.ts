import type { Request } from 'express'
import { z } from 'zod'
import { type Press, unprintable } from '../../models/certificate-printing.ts'
import type { Names } from '../../models/enrollment.ts'
import { type Script, scriptOf, strangerIn } from '../../models/names.ts'
import type { FieldError } from '../request.ts'

/** Names for a certificate: the Latin one always, the others when ticked. */

const LONGEST = 120
const name = z
  .string()
  .max(LONGEST, 'names.errors.long')
  .optional()
  .transform(text => (text ?? '').replace(/\s+/g, ' '))

export const namesFields = {
  latin: name.refine(text => text !== '', 'names.errors.latin'),
  cyrillic: name,
  own: name,
  ownScript: z.string().max(8).optional(),
  print: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .transform((chosen): string[] => [chosen ?? []].flat().filter(each => each === 'cyrillic' || each === 'own')),
}

export const namesForm = z.object(namesFields)
export type NamesValues = z.infer<typeof namesForm>

/** What the paper will print of the values. */
export function namesOf({ latin, cyrillic, own, ownScript, print }: NamesValues): Names {
  return {
    latin,
    ...(print.includes('cyrillic') && cyrillic ? { cyrillic } : {}),
    ...(print.includes('own') && own ? { own, ...(ownScript ? { ownScript } : {}) } : {}),
  }
}

/** What the form shows of names that were kept. */
export const valuesOf = (names: Names, also: Partial<Names> = {}) => ({
  latin: names.latin,
  cyrillic: names.cyrillic ?? also.cyrillic ?? '',
  own: names.own ?? also.own ?? '',
  ownScript: names.ownScript ?? also.ownScript ?? '',
  print: [names.cyrillic ? 'cyrillic' : [], names.own ? 'own' : []].flat(),
})

/** What is wrong with the names: a letter of another script, a ticked name that is empty, a letter no font has. */
export async function nameErrors(req: Request, press: Press, values: NamesValues): Promise<FieldError[]> {
  const wrong = [...scriptErrors(req, values), ...emptyErrors(req, values)]
  return wrong.length ? wrong : paperErrors(req, press, namesOf(values))
}

function scriptErrors(req: Request, values: NamesValues): FieldError[] {
  const asked: ['latin' | 'cyrillic' | 'own', Script | undefined][] = [
    ['latin', 'latin'],
    ['cyrillic', 'cyrillic'],
    ['own', undefined],
  ]
  return asked.flatMap(([field, script]) => {
    const stranger = namesOf(values)[field] && strangerIn(values[field], script)
    if (!stranger) return []
    const kind = field === 'own' ? (scriptOf(values.own) ? 'mixed' : 'script') : field
    return [{ field, text: req.t(`names.errors.letter.${kind}`, { letter: stranger }) }]
  })
}

function emptyErrors(req: Request, values: NamesValues): FieldError[] {
  return (['cyrillic', 'own'] as const)
    .filter(field => values.print.includes(field) && !values[field])
    .map(field => ({ field, text: req.t(`names.errors.empty.${field}`) }))
}

async function paperErrors(req: Request, press: Press, names: Names): Promise<FieldError[]> {
  const { letters, long } = await unprintable(press, names)
  if (long) return [{ field: 'latin', text: req.t('names.errors.long') }]
  return (['latin', 'cyrillic', 'own'] as const).flatMap(field => {
    const missing = letters.filter(letter => names[field]?.includes(letter))
    return missing.length ? [{ field, text: req.t('names.errors.noLetter', { letters: missing.join(' ') }) }] : []
  })
}
