import { type PdfMaker, PdfFailure } from '../lib/pdf.ts'
import { kept } from '../lib/storage.ts'
import type { CertificateFile } from './certificate-file.ts'
import { type CertificateInputs, certificatePdf } from './certificate-paper.ts'
import type { Snapshot } from './certifying.ts'
import type { Names } from './enrollment.ts'
import { writingOf } from './names.ts'
import { no, type Verdict, YES } from './refused.ts'

/** What printing needs of the platform. `baseUrl` leads to the check page, `uploadsDir` holds the logos. */
export type Press = { pdf: PdfMaker; baseUrl: string; uploadsDir: string }

/** Whether a certificate is handed out on paper: one that no longer holds is not, nor one whose name was erased. */
export function printable({ revokedAt, replacedAt, latin }: CertificateFile): Verdict {
  if (revokedAt) return no('certificate.revokedPaper')
  if (replacedAt) return no('certificate.replacedPaper')
  if (!latin) return no('certificate.erased')
  return YES
}

/** The PDF of an issued certificate, from its snapshot and its holder's names. Call it outside any transaction. */
export function paperOf(press: Press, file: CertificateFile): Promise<Buffer> {
  const names = {
    latin: file.latin!,
    ...optional('cyrillic', file.cyrillic),
    ...optional('own', file.own),
    ...optional('ownScript', file.ownScript),
  }
  return printed(press, file.snapshot, { code: file.code, kind: file.kind, names, path: `/verify/${file.code}` })
}

/** The same sheet before anything is issued: in place of the code it says that it is a specimen. */
export function specimenOf(press: Press, snapshot: Snapshot, kind: CertificateInputs['kind'], names: Names) {
  return printed(press, snapshot, { code: SPECIMEN, kind, names, path: '/verify' })
}

const SPECIMEN = 'SPECIMEN · ОБРАЗЕЦ'
const ANYTHING = { en: 'Text', ru: 'Текст' }

/**
 * Letters of texts that the paper cannot show, in their order, each once; the sheet is typeset to see. `long`: they all
 * can be shown but not on one page. Pass what a person typed, before it is kept.
 */
export async function unprintable(press: Press, names: Names, signatories?: Snapshot['signatories']) {
  try {
    await specimenOf(press, sample(signatories), 'achievement', names)
    return { letters: [], long: false }
  } catch (error) {
    if (!(error instanceof PdfFailure) || error.reason !== 'input') throw error
    const letters = [...error.message.matchAll(/text `"([^`]*)"`/g)].flatMap(([, text]) => [...(text ?? '')])
    return { letters: [...new Set(letters)], long: letters.length === 0 }
  }
}

/** Whether a picture, already cleaned, can be set at the head of a certificate. */
export async function takesLogo({ pdf, baseUrl }: Press, svg: string): Promise<boolean> {
  const { period, met: _met, ...said } = sample()
  const url = `${baseUrl}/verify`
  const sheet = { code: SPECIMEN, kind: 'attendance' as const, names: { latin: 'A' }, dates: period, url }
  try {
    await certificatePdf(pdf, { ...said, ...sheet, logos: [svg] })
    return true
  } catch (error) {
    if (!(error instanceof PdfFailure) || error.reason !== 'input') throw error
    return false
  }
}

const sample = (signatories?: Snapshot['signatories']): Snapshot => ({
  ...{ title: ANYTHING, courseCode: 'RMC-01', version: '1.0', hours: 1, period: ANYTHING, mode: ANYTHING },
  ...{ issuedOn: ANYTHING, signatories: signatories ?? [{ name: ANYTHING, post: ANYTHING }], logos: [] },
  met: { lessons: { done: 0, total: 0 }, percent: null, evaluation: false, at: '' },
})

async function printed(
  { pdf, baseUrl, uploadsDir }: Press,
  snapshot: Snapshot,
  { code, kind, names, path }: { code: string; kind: CertificateInputs['kind']; names: Names; path: string },
): Promise<Buffer> {
  const { period, logos, met: _met, ...said } = snapshot
  const pictures = []
  for (const sha256 of logos) pictures.push((await kept(uploadsDir, sha256)).toString('utf8'))
  return certificatePdf(pdf, {
    ...said,
    ...{ code, kind, dates: period, logos: pictures, url: `${baseUrl}${path}` },
    names: { latin: names.latin, ...optional('cyrillic', names.cyrillic), ...ownForm(names) },
  })
}

function ownForm({ own, ownScript }: Names) {
  if (!own) return {}
  const { dir, lang } = writingOf(own, ownScript)
  return { own, ownDir: dir, ...(lang ? { ownLang: lang } : {}) }
}

const optional = <Key extends string>(key: Key, value: string | null | undefined) =>
  (value ? { [key]: value } : {}) as { [K in Key]?: string }

/** «Certificate RTCM-….pdf», in letters every system's file names take. */
export const fileNameOf = (code: string) => ({
  ascii: `RTCM certificate ${code.slice('RTCM-'.length)}.pdf`,
  utf8: `Сертификат ${code}.pdf`,
})
