import type { PdfMaker } from '../lib/pdf.ts'
import { qrSvg } from '../lib/qr.ts'

/** A short text in both working languages. */
export type Bilingual = { en: string; ru: string }

/**
 * All that a certificate prints, as the issued copy keeps it. It has no State, organization, birth or passport data
 * (domain rules, "Certificate"). Dates come already written in words; the fixed wording lives in the template.
 */
export type CertificateInputs = {
  /** In the written form, `RTCM-…`. */
  code: string
  /** The public check page, absolute; the QR code and the line in words lead there. */
  url: string
  kind: 'attendance' | 'achievement' | 'contribution'
  /** What the person confirmed. `latin` is the name as in the passport; `ownLang` an IETF tag such as `fa`. */
  names: { latin: string; cyrillic?: string; own?: string; ownDir?: 'ltr' | 'rtl'; ownLang?: string }
  title: Bilingual
  courseCode: string
  /** Version of the course, e.g. `1.0`. */
  version: string
  /** Academic hours (45 minutes), halves allowed. */
  hours: number
  dates: Bilingual
  mode: Bilingual
  place?: Bilingual
  /** The outcome in words, on a certificate of achievement. */
  result?: Bilingual
  /** As what the person took part, on a certificate of contribution: «Trainer, moderator». */
  role?: Bilingual
  issuedOn: Bilingual
  /** One to three; the first signs on the left. */
  signatories: { name: Bilingual; post: Bilingual }[]
  /** SVG documents, the Center's own first; a broken one fails the document. */
  logos: string[]
  /** Replaces the sentence between the name and the title, should the Center word it differently. */
  statement?: Bilingual
  /** A small note under the course, e.g. that the curriculum is a draft. */
  draftNote?: Bilingual
}

/** The certificate as a PDF of one page. Rejects with `PdfFailure` (reason `input` when a name has a letter no font has). */
export async function certificatePdf(maker: PdfMaker, inputs: CertificateInputs): Promise<Buffer> {
  return maker.make('certificate', { data: JSON.stringify({ ...inputs, qr: await qrSvg(inputs.url) }) })
}
