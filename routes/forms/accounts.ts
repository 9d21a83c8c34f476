import { z } from 'zod'
import { LONGEST, passwordFault, SHORTEST } from '../../models/choosing-passwords.ts'
import type { FieldError } from '../request.ts'
import type { T } from '../../lib/i18n.ts'

/** A mail address, with a clear word about letters that only look Latin. */
export const email = z.string('accounts.errors.email').superRefine((text, context) => {
  const stranger = [...text].find(character => character > '~' || character < '!')
  if (!text) context.addIssue({ code: 'custom', message: 'accounts.errors.email' })
  else if (stranger?.trim()) {
    const params = { letter: stranger }
    context.addIssue({ code: 'custom', message: 'accounts.errors.emailLetter', params })
  } else if (text.length > 254 || !/^[^\s@<>()[\]\\,;:"]+@[a-z\d-]+(\.[a-z\d-]+)+$/i.test(text))
    context.addIssue({ code: 'custom', message: 'accounts.errors.emailShape' })
})

/** Six digits as people type them: with spaces, or in digits of Arabic script. */
export const code = z
  .string('accounts.errors.code')
  .transform(text => asciiDigits(text).replace(/[\s-]/g, ''))
  .refine(text => /^\d{6}$/.test(text), 'accounts.errors.code')

/** A new password; what else is wrong with it is told by `passwordErrors`, which knows whose it is. */
export const newPassword = z
  .string('accounts.errors.newPassword')
  .min(1, 'accounts.errors.newPassword')
  .max(4000, 'accounts.errors.long')

/** What is wrong with a new password of this owner. */
export function passwordErrors(t: T, password: unknown, owner: { email: string; name?: string }, field = 'password') {
  const errors: FieldError[] = []
  if (typeof password !== 'string' || !password) return errors
  const fault = passwordFault(password, owner)
  if (fault) errors.push({ field, text: t(`accounts.errors.${fault}`, { shortest: SHORTEST, longest: LONGEST }) })
  return errors
}

const asciiDigits = (text: string) =>
  text.replace(/[٠-٩۰-۹]/g, digit => String((digit.charCodeAt(0) - (digit < '۰' ? 0x660 : 0x6f0)) % 10))
