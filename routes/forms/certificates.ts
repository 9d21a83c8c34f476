import { z } from 'zod'
import { namesFields } from './names.ts'

const LONGEST = 1000
const reason = z
  .string('certificates.errors.reason')
  .min(1, 'certificates.errors.reason')
  .max(LONGEST, 'certificates.errors.reasonLong')

/** Why a certificate is taken back: the holder reads it. */
export const revocationForm = z.object({ reason })

/** Why a certificate stays in force though its pass was lost. */
export const upholdingForm = z.object({ reason })

/** The names the new certificate is to print, and why the old one is replaced. */
export const replacementForm = z.object({ ...namesFields, reason })

/** Which contributions to certify: those ticked, each as training and person, or all that can be. */
export const contributionsForm = z.object({
  contribution: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .transform(keys =>
      [keys ?? []].flat().flatMap(key => {
        const [, training, person] = /^([1-9]\d{0,17})\.([1-9]\d{0,17})$/.exec(key) ?? []
        return training && person ? [[training, person] as const] : []
      }),
    ),
  all: z.string().optional(),
})

/** Which certificates to issue: those ticked, or all that can be. */
export const issueForm = z.object({
  enrollment: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .transform(ids => [ids ?? []].flat().filter(id => /^[1-9]\d{0,17}$/.test(id))),
  all: z.string().optional(),
  training: z.string().max(60).optional(),
})
