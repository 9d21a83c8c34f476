import { z } from 'zod'

const CYRILLIC_AND_LATIN = /\p{Script=Cyrillic}\p{Script=Latin}|\p{Script=Latin}\p{Script=Cyrillic}/u

const name = (message: string) =>
  z
    .string(message)
    .min(1, message)
    .max(120, 'resources.errors.tooLong')
    .refine(text => !CYRILLIC_AND_LATIN.test(text), 'resources.errors.mixedLetters')

/** A room or a link. A link's address is that of a web page, in Latin letters: look-alikes lead elsewhere. */
export const resourceForm = z
  .object({
    kind: z.enum(['room', 'link'], 'resources.errors.kind'),
    nameEn: name('resources.errors.nameEn'),
    nameRu: name('resources.errors.nameRu'),
    address: z
      .string('resources.errors.address')
      .min(1, 'resources.errors.address')
      .max(500, 'resources.errors.tooLong'),
    capacity: z
      .string()
      .regex(/^\d{0,5}$/, 'resources.errors.capacity')
      .default(''),
  })
  .superRefine(({ kind, address, capacity }, context) => {
    const wrong = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
    if (kind === 'link' && !/^[\x21-\x7e]+$/.test(address)) wrong('address', 'resources.errors.addressLetters')
    else if (kind === 'link' && !isWebAddress(address)) wrong('address', 'resources.errors.link')
    if (capacity && Number(capacity) < 1) wrong('capacity', 'resources.errors.capacity')
  })

function isWebAddress(text: string): boolean {
  try {
    const { protocol, username, hostname } = new URL(text)
    return protocol === 'https:' && username === '' && hostname.includes('.')
  } catch {
    return false
  }
}

export const resourceValues = (values: z.infer<typeof resourceForm>) => ({
  kind: values.kind,
  name: { en: values.nameEn, ru: values.nameRu },
  address: values.address,
  capacity: values.kind === 'room' && values.capacity ? Number(values.capacity) : null,
})
