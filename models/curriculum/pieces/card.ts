import type { Kind } from '../pieces.ts'
import type { ModuleCard } from '../module.ts'

/** One language of a card. */
export type CardText = { title: string; aim: string; audience: string; summary: string }

/** What a card says beside its texts; the outcomes carry their words in both languages. */
export type CardFacts = {
  level: ModuleCard['level']
  outcomes: ModuleCard['outcomes']
  test?: NonNullable<ModuleCard['assessment']['test']>
}

/** The card of a module: what it is for, its outcomes, the rules of its test. */
export const cardPiece: Kind = {
  read({ card }) {
    const { title, aim, audience, level, outcomes, assessment } = card
    const text = (language: 'en' | 'ru'): CardText => ({
      title: title[language],
      aim: aim[language],
      audience: audience[language],
      summary: assessment.summary[language],
    })
    const { test } = assessment
    return { en: text('en'), ru: text('ru'), all: { level, outcomes, ...(test ? { test } : {}) } }
  },

  write(module, _code, content) {
    const { en, ru, all } = content as { en: CardText; ru: CardText; all: CardFacts }
    const both = (field: keyof CardText) => ({ en: en[field], ru: ru[field] })
    const { level, outcomes, test } = all
    const card: ModuleCard = {
      ...module.card,
      ...{ title: both('title'), aim: both('aim'), audience: both('audience'), level, outcomes },
      assessment: { ...module.card.assessment, summary: both('summary'), ...(test ? { test } : {}) },
    }
    return { ...module, card }
  },

  files: () => ({ all: 'module.yaml' }),
}
