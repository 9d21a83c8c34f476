import { numberIn } from '../../lib/numbers.ts'
import type { T, Texts } from '../../lib/i18n.ts'
import type { PublicCertificate } from '../../models/checking-certificates.ts'
import { namesOnPaper } from './certificates.ts'

/** The two working languages with their words: this page speaks both at once. */
export type Both = { lang: 'en' | 'ru'; t: T }[]

export const bothLanguages = (texts: Texts): Both =>
  (['en', 'ru'] as const).map(lang => ({ lang, t: texts.translator(lang) }))

type Outcome = {
  status: 'ask' | 'slip' | 'unknown' | 'valid' | 'revoked' | 'replaced'
  typed: string
  certificate?: PublicCertificate
  /** After erasure: whether the name typed is the one on the paper; null when none was typed. */
  nameRight?: boolean | null | undefined
}

const TAGS = { valid: 'success', revoked: 'danger', replaced: 'warning' } as const

/** All that the page shows, in both languages. What is not named here is not on the page. */
export function verification({ status, typed, certificate, nameRight }: Outcome, both: Both) {
  const inBoth = (key: string, params?: Record<string, unknown>) =>
    both.map(({ lang, t }) => ({ lang, text: t(`verifications.${key}`, params) }))
  const erased = certificate !== undefined && certificate.names === null
  return {
    status,
    typed,
    title: inBoth('title'),
    lead: inBoth('lead'),
    field: inBoth('field'),
    hint: inBoth('hint'),
    button: inBoth('button'),
    news: status === 'ask' ? null : inBoth(`news.${status}`),
    advice: ['slip', 'unknown'].includes(status) ? inBoth(`advice.${status}`) : null,
    code: certificate?.code ?? null,
    kind: certificate ? TAGS[certificate.status] : null,
    names: certificate?.names ? namesOnPaper(certificate.names) : [],
    successor: certificate?.successor ? { code: certificate.successor, text: inBoth('successor') } : null,
    columns: certificate ? both.map(({ lang, t }) => column(certificate, lang, t)) : [],
    askName: erased ? { text: inBoth('erased'), label: inBoth('name'), button: inBoth('compare') } : null,
    nameNews:
      !erased || nameRight === undefined
        ? null
        : {
            kind: nameRight ? 'success' : 'warning',
            text: inBoth(`names.${nameRight === null ? 'none' : nameRight ? 'right' : 'wrong'}`),
          },
  }
}

function column(certificate: PublicCertificate, lang: 'en' | 'ru', t: T) {
  const { hours, kind, status, since } = certificate
  return {
    lang,
    state: t(`verifications.states.${status}`),
    since: since && t(`verifications.since.${status}`, { date: since[lang] }),
    title: certificate.title[lang],
    rows: [
      { key: t('verifications.kind'), value: t(`certificates.kinds.${kind}`) },
      {
        key: t(kind === 'contribution' ? 'verifications.hoursTaught' : 'verifications.hours'),
        value: t('certificates.hours', { count: hours, hours: numberIn(lang, hours) }),
      },
      { key: t('verifications.period'), value: certificate.period[lang] },
      { key: t('verifications.issuedOn'), value: certificate.issuedOn[lang] },
    ],
  }
}
