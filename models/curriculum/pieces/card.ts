import type { Blueprint } from '../../drawing.ts'
import type { Diagram } from '../diagram.ts'
import type { Kind } from '../pieces.ts'
import type { LessonEntry, ModuleCard } from '../module.ts'
import type { WrittenModule } from '../writing.ts'

/** One language of a card. */
export type CardText = { title: string; aim: string; audience: string; summary: string }

/**
 * What a card says beside its texts; the outcomes carry their words in both languages. A lesson that is in force has its
 * title in its own piece: only a new one says it here. `pre_post` are the two forms before and after a training.
 * `diagrams` are those of the module's lessons.
 */
export type CardFacts = {
  level: ModuleCard['level']
  hours: number
  hours_split: ModuleCard['hours_split']
  outcomes: ModuleCard['outcomes']
  lessons: Pick<LessonEntry, 'code' | 'hours'>[] | LessonEntry[]
  test?: NonNullable<ModuleCard['assessment']['test']>
  pre_post?: { blueprint: Blueprint; per_page: number }
  diagrams: Diagram[]
}

/** The card of a module: what it is for, its outcomes and lessons, the rules of its test. */
export const cardPiece: Kind = {
  read({ card, diagrams }) {
    const { title, aim, audience, level, hours, hours_split, outcomes, lessons, assessment } = card
    const text = (language: 'en' | 'ru'): CardText => ({
      title: title[language],
      aim: aim[language],
      audience: audience[language],
      summary: assessment.summary[language],
    })
    const listed = lessons.map(lesson => ({ code: lesson.code, hours: lesson.hours }))
    const { summary, ...asked } = assessment
    const facts = { level, hours, hours_split, outcomes, lessons: listed, diagrams, ...asked }
    return { en: text('en'), ru: text('ru'), all: facts }
  },

  write(module, _code, content) {
    const { en, ru, all } = content as { en: CardText; ru: CardText; all: CardFacts }
    const both = (field: keyof CardText) => ({ en: en[field], ru: ru[field] })
    const { test, pre_post, lessons, diagrams, ...facts } = all
    const listed = (lessons as LessonEntry[]).map(lesson => ({ ...entryOf(module, lesson.code), ...lesson }))
    const kept = new Set(listed.map(({ code }) => code))
    const asked = { ...(test ? { test } : {}), ...(pre_post ? { pre_post } : {}) }
    const card = {
      ...module.card,
      ...facts,
      ...{ title: both('title'), aim: both('aim'), audience: both('audience'), lessons: listed },
      assessment: { summary: both('summary'), ...asked },
    } as ModuleCard
    return {
      ...module,
      card,
      diagrams,
      lessons: module.lessons.filter(({ front }) => kept.has(front.code)),
      items: [...module.items, ...brought(module, all.outcomes)],
    }
  },

  files: () => ({ all: 'module.yaml' }),
}

const entryOf = ({ card }: WrittenModule, code: string) => card.lessons.find(lesson => lesson.code === code)

/** Reviewed questions about outcomes that the card adds: they come into use with it. */
function brought({ card, reviewed }: WrittenModule, outcomes: CardFacts['outcomes']) {
  const known = new Set(card.outcomes.map(({ code }) => code))
  const added = new Set(outcomes.map(({ code }) => code).filter(code => !known.has(code)))
  return reviewed.filter(({ outcome }) => added.has(outcome))
}
