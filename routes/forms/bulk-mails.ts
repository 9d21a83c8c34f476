import { z } from 'zod'
import { AUDIENCES, type Draft } from '../../models/bulk-mailing.ts'

/** With both languages at their longest the mail stays under 30 kB: text and HTML, two bytes a letter. */
const LONGEST_BODY = 5000
const LONGEST_SUBJECT = 150

const subject = z
  .string('bulk.errors.subject')
  .min(1, 'bulk.errors.subject')
  .max(LONGEST_SUBJECT, 'bulk.errors.subjectLong')
  .regex(/^[^\r\n]*$/, 'bulk.errors.subject')
const body = z.string('bulk.errors.body').min(1, 'bulk.errors.body').max(LONGEST_BODY, 'bulk.errors.bodyLong')

/** A mail to a group: both languages, because the group reads both. */
export const bulkMailForm = z.object({
  audience: z.enum(AUDIENCES, 'bulk.errors.audience'),
  subjectEn: subject,
  bodyEn: body,
  subjectRu: subject,
  bodyRu: body,
})

export const draftOf = (values: z.infer<typeof bulkMailForm>): Draft => ({
  audience: values.audience,
  subject: { en: values.subjectEn, ru: values.subjectRu },
  body: { en: values.bodyEn, ru: values.bodyRu },
})

export const valuesOf = ({ audience, subject, body }: Draft): z.infer<typeof bulkMailForm> => ({
  audience,
  subjectEn: subject.en,
  bodyEn: body.en,
  subjectRu: subject.ru,
  bodyRu: body.ru,
})
