import { setting } from '../../models/settings.ts'
import type { Letters } from './index.ts'

/** Letters about the way to sign in. */
export const accountLetters: Letters = {
  'confirm-address': ({ link, code }, { t, url }) => ({
    subject: t('mail.confirmAddress.subject'),
    lines: [t('mail.confirmAddress.what'), t('mail.confirmAddress.by')],
    button: { label: t('mail.confirmAddress.button'), href: url(link) },
    after: [t('mail.confirmAddress.code', { code }), t('mail.notYou')],
  }),
  'address-known': ({ link }, { t, url }) => ({
    subject: t('mail.addressKnown.subject'),
    lines: [t('mail.addressKnown.what')],
    button: { label: t('mail.addressKnown.button'), href: url(link) },
    after: [t('mail.addressKnown.reset', { link: url('/reset-password') }), t('mail.notYou')],
  }),
  'reset-password': ({ link, code }, { t, url }) => ({
    subject: t('mail.resetPassword.subject'),
    lines: [t('mail.resetPassword.what')],
    button: { label: t('mail.resetPassword.button'), href: url(link) },
    after: [t('mail.resetPassword.code', { code }), t('mail.notYou')],
  }),
  'password-changed': async (_data, { t, url }) => ({
    subject: t('mail.passwordChanged.subject'),
    lines: [
      t('mail.passwordChanged.what'),
      t('mail.passwordChanged.notYou', { link: url('/reset-password'), contact: await contact() }),
    ],
    button: { label: t('mail.passwordChanged.button'), href: url('/me/sign-ins') },
  }),
  'change-address': ({ link, code }, { t, url }) => ({
    subject: t('mail.changeAddress.subject'),
    lines: [t('mail.changeAddress.what'), t('mail.changeAddress.by')],
    button: { label: t('mail.changeAddress.button'), href: url(link) },
    after: [t('mail.changeAddress.code', { code }), t('mail.notYou')],
  }),
  'address-changed': async (_data, { t }) => ({
    subject: t('mail.addressChanged.subject'),
    lines: [t('mail.addressChanged.what'), t('mail.addressChanged.notYou', { contact: await contact() })],
  }),
  'person-erased': (_data, { t }) => ({
    subject: t('mail.personErased.subject'),
    lines: [t('mail.personErased.what'), t('mail.personErased.certificates')],
  }),
}

const contact = async () => (await setting('contact')).email
