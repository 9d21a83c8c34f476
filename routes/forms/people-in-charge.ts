import { z } from 'zod'
import { PARTS } from '../../models/people-in-charge.ts'

/** A person, from the list or by the address of their account, and what they are to the training. */
export const chargeForm = z
  .object({
    role: z.enum(PARTS, 'charge.errors.role'),
    person: z
      .string()
      .regex(/^([1-9]\d{0,17})?$/, 'charge.errors.person')
      .default(''),
    email: z.string().max(200, 'charge.errors.email').default(''),
  })
  .superRefine(({ person, email }, context) => {
    const wrong = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
    if (!person && !email) wrong('person', 'charge.errors.person')
    if (person && email) wrong('email', 'charge.errors.both')
    if (email && !z.email().safeParse(email).success) wrong('email', 'charge.errors.email')
  })
