import { one } from '../../lib/db.ts'
import type { MandateNews } from '../../models/mandating.ts'
import { countryName } from '../../routes/present/people.ts'
import type { Letter, Letters, Pen } from './index.ts'

/** Letters to who begins to stand for a State, and to who no longer does. */
export const mandateLetters: Letters = {
  'mandate-news': letter,
}

async function letter({ state, part, news, otherId }: MandateNews, { t, lang, url }: Pen): Promise<Letter> {
  const other = otherId
    ? await one<{ name: string | null }>('mail.mandate', 'select name_latin as name from people where id = $1', [
        otherId,
      ])
    : undefined
  const base = { state: countryName(state, lang), part: t(`mandates.parts.${part}`), name: other?.name ?? '' }
  const key = `mail.mandate.${news}`
  return {
    subject: t(`${key}.subject`, { state: base.state }),
    lines: [
      t(`${key}.what`, { state: base.state, part: base.part }),
      ...(other?.name ? [t(`${key}.other`, { name: other.name })] : []),
      t(`${key}.next`),
    ],
    ...(news === 'given' ? { button: { label: t('mail.mandate.button'), href: url('/state') } } : {}),
    why: t('mail.mandate.why'),
  }
}
