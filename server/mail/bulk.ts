import { bulkMailToSend } from '../../models/bulk-mailing.ts'
import { paragraphsOf } from '../../routes/present/bulk-mails.ts'
import { wordsIn } from '../../routes/present/words.ts'
import type { Letters } from './index.ts'

/** What a coordinator writes to a group: their own words, in the reader's language. */
export const bulkLetters: Letters = {
  bulk: async ({ bulkMailId }, { t, url, lang }) => {
    const mail = await bulkMailToSend(bulkMailId)
    if (!mail) return undefined
    const title = wordsIn(mail.title, lang)
    return {
      subject: wordsIn(mail.subject, lang),
      lines: paragraphsOf(wordsIn(mail.body, lang)),
      button: { label: t('mail.bulk.button'), href: url(`/trainings/${mail.code}`) },
      why: t(`mail.bulk.why.${mail.audience}`, { title }),
    }
  },
}
