import type { Letters } from './index.ts'

/** Letters about the way to sign in. */
export const accountLetters: Letters = {
  'confirm-address': ({ link, code }, { t, url }) => ({
    subject: t('mail.confirmAddress.subject'),
    lines: [t('mail.confirmAddress.what'), t('mail.confirmAddress.by')],
    button: { label: t('mail.confirmAddress.button'), href: url(link) },
    after: [t('mail.confirmAddress.code', { code }), t('mail.notYou')],
  }),
}
