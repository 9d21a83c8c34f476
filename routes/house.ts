import type { Request } from 'express'
import type { Config } from '../lib/config.ts'
import type { Texts } from '../lib/i18n.ts'
import type { PdfMaker } from '../lib/pdf.ts'
import type { Press } from '../models/certificate-printing.ts'

type House = {
  config: Config
  texts: Texts
  pdf: PdfMaker
  /** Who can sign in to the demo and with which password; null elsewhere. */
  demo: { password: string; people: { email: string; role: string; scopeKind: string; scopeId: string }[] } | null
}

/** What the platform was started with: configuration, texts of all languages, the maker of documents. */
export const houseOf = (req: Request): House => req.app.get('house')

/** What certificates are printed with. */
export function pressOf(req: Request): Press {
  const { config, pdf } = houseOf(req)
  return { pdf, baseUrl: config.baseUrl, uploadsDir: config.uploadsDir }
}
