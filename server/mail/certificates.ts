import { certificateById } from '../../models/certificate-file.ts'
import { certificateToName } from '../../models/confirming-names.ts'
import { contactNow } from '../../models/settings.ts'
import { wordsIn } from '../../routes/present/words.ts'
import type { Letters } from './index.ts'

/** Letters about certificates. None carries the certificate itself: mail boxes are no archive, and a PDF is soon old. */
export const certificateLetters: Letters = {
  'certificate-ready': async ({ enrollmentId }, { t, url, lang }) => {
    const place = await certificateToName(enrollmentId)
    if (!place) return undefined
    const title = wordsIn(place.title, lang)
    return {
      subject: t('mail.certificateReady.subject', { title }),
      lines: [t('mail.certificateReady.what', { title }), t('mail.certificateReady.by', { count: place.days })],
      button: { label: t('mail.certificateReady.button'), href: url(`/enrollments/${enrollmentId}/names`) },
    }
  },

  'certificate-issued': async ({ certificateId }, { t, url, site, lang }) => {
    const file = await certificateById(certificateId)
    // What was replaced or revoked before this mail was sent has letters of its own.
    if (!file || file.revokedAt || file.replacedAt) return undefined
    const title = wordsIn(file.snapshot.title, lang)
    return {
      subject: t('mail.certificateIssued.subject', { title }),
      lines: [
        t('mail.certificateIssued.what', { title, kind: t(`certificates.kinds.${file.kind}`) }),
        ...(file.replaces ? [t('mail.certificateIssued.replaces', { code: file.replaces })] : []),
      ],
      button: { label: t('mail.certificateIssued.button'), href: url(`/certificates/${file.code}.pdf`) },
      after: [
        t('mail.certificateIssued.number', { code: file.code }),
        t('mail.certificateIssued.check', { link: site(`/verify/${file.code}`) }),
        t('mail.certificateIssued.list', { link: url('/certificates') }),
      ],
    }
  },

  'certificate-revoked': async ({ certificateId }, { t, url, date, lang }) => {
    const file = await certificateById(certificateId)
    if (!file?.revokedAt) return undefined
    const title = wordsIn(file.snapshot.title, lang)
    const { email, hours } = contactNow()
    return {
      subject: t('mail.certificateRevoked.subject', { title }),
      lines: [
        t('mail.certificateRevoked.what', { title, code: file.code, date: date(file.revokedAt) }),
        t('mail.certificateRevoked.reason', { reason: file.revokedReason }),
        t('mail.certificateRevoked.ask', { email, hours: wordsIn(hours, lang) }),
      ],
      button: { label: t('mail.certificateRevoked.button'), href: url('/certificates') },
    }
  },
}
