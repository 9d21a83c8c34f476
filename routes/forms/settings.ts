import { readFile } from 'node:fs/promises'
import type { Request } from 'express'
import { fileTypeFromBuffer } from 'file-type'
import { z } from 'zod'
import { cleanSvg, type Picture, svgAround } from '../../lib/svg.ts'
import { type Press, takesLogo, unprintable } from '../../models/certificate-printing.ts'
import type { Settings } from '../../models/settings.ts'
import type { FieldError } from '../request.ts'

type Signatory = Settings['signatories'][number]

const line = z
  .string()
  .max(120, 'settings.errors.long')
  .optional()
  .transform(text => text ?? '')
const needed = (message: string) => line.refine(text => text !== '', message)

export const SIGNATORY_FIELDS = ['name_en', 'name_ru', 'post_en', 'post_ru'] as const

/** So many sign at most: there is room on the sheet for them. */
export const WHO = ['first', 'second', 'third'] as const
type Who = (typeof WHO)[number]
type FieldName = `${Who}_${(typeof SIGNATORY_FIELDS)[number]}`

export const signatoriesForm = z
  .object({
    first_name_en: needed('settings.errors.name_en'),
    first_name_ru: needed('settings.errors.name_ru'),
    first_post_en: needed('settings.errors.post_en'),
    first_post_ru: needed('settings.errors.post_ru'),
    second_name_en: line,
    second_name_ru: line,
    second_post_en: line,
    second_post_ru: line,
    third_name_en: line,
    third_name_ru: line,
    third_post_en: line,
    third_post_ru: line,
  })
  .superRefine((values, context) => {
    // The others are there as a whole or not at all.
    for (const who of WHO.slice(1)) {
      if (!SIGNATORY_FIELDS.some(field => values[`${who}_${field}`])) continue
      for (const field of SIGNATORY_FIELDS)
        if (!values[`${who}_${field}`])
          context.addIssue({ code: 'custom', path: [`${who}_${field}`], message: `settings.errors.${field}` })
    }
  })

type SignatoriesValues = z.infer<typeof signatoriesForm>

export const signatoriesOf = (values: SignatoriesValues): Settings['signatories'] =>
  WHO.filter(who => values[`${who}_name_en`]).map(
    (who): Signatory => ({
      name: { en: values[`${who}_name_en`], ru: values[`${who}_name_ru`] },
      post: { en: values[`${who}_post_en`], ru: values[`${who}_post_ru`] },
    }),
  )

export const valuesOfSignatories = (signatories: Settings['signatories']): Partial<Record<FieldName, string>> =>
  Object.fromEntries(
    signatories.flatMap(({ name, post }, index) => {
      const who = WHO[index]!
      return [
        [`${who}_name_en`, name.en],
        [`${who}_name_ru`, name.ru],
        [`${who}_post_en`, post.en],
        [`${who}_post_ru`, post.ru],
      ]
    }),
  )

/** Letters the paper has no shape for, beside the field they stand in. */
export async function signatoryErrors(req: Request, press: Press, values: SignatoriesValues): Promise<FieldError[]> {
  const { letters, long } = await unprintable(press, { latin: 'A' }, signatoriesOf(values))
  if (long) return [{ field: 'first_name_en', text: req.t('settings.errors.long') }]
  return Object.entries(values).flatMap(([field, text]) => {
    const missing = letters.filter(letter => text.includes(letter))
    return missing.length ? [{ field, text: req.t('names.errors.noLetter', { letters: missing.join(' ') }) }] : []
  })
}

export const contactForm = z.object({
  email: z.string('settings.errors.email').max(200, 'settings.errors.long').pipe(z.email('settings.errors.email')),
  hours_en: needed('settings.errors.hours_en'),
  hours_ru: needed('settings.errors.hours_ru'),
})

export const logoForm = z.object({ name: needed('settings.errors.logoName') })

const LARGEST_LOGO = 1024 * 1024

/** The uploaded picture as a clean SVG, told by its content and not by its name; or what is wrong with it. */
export async function logoOf(req: Request, press: Press): Promise<{ svg: string } | { error: FieldError }> {
  const error = (key: string, what = '') => ({
    error: { field: 'logo', text: req.t(`settings.errors.${key}`, { what }) },
  })
  const file = (Array.isArray(req.files) ? req.files : []).find(each => each.fieldname === 'logo')
  if (req.uploadError || (file && file.size > LARGEST_LOGO)) return error('logoLarge')
  if (!file?.size) return error('logo')
  const picture = await pictureIn(await readFile(file.path))
  if (!picture) return error('logoType')
  if ('fault' in picture) return error(`logo-${picture.fault}`, picture.what)
  return (await takesLogo(press, picture.svg)) ? picture : error('logo-broken')
}

async function pictureIn(bytes: Buffer): Promise<Picture | undefined> {
  const mime: string | undefined = (await fileTypeFromBuffer(bytes))?.mime
  if (mime === 'image/png' || mime === 'image/jpeg') return svgAround(bytes, mime)
  const text = bytes.toString('utf8')
  return (mime === undefined || /xml|svg/.test(mime)) && /<svg[\s>]/.test(text) ? cleanSvg(text) : undefined
}
