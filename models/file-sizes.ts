import type { T } from '../lib/i18n.ts'
import { numberIn } from '../lib/numbers.ts'

const MB = 1024 * 1024

/** A size people can judge, from bytes: "2.4 MB", "340 kB". */
export function sizeInWords({ t, lang }: { t: T; lang: string }, bytes: number): string {
  if (bytes >= MB) return t('materials.megabytes', { size: numberIn(lang, bytes / MB, 1) })
  return t('materials.kilobytes', { size: Math.max(1, Math.round(bytes / 1024)) })
}
