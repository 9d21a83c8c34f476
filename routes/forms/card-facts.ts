import type { Blueprint, Wanted } from '../../models/drawing.ts'
import { BESIDE, DIFFICULTIES } from '../../models/drawing.ts'
import type { CardFacts } from '../../models/curriculum/pieces/card.ts'
import { levels, type LessonEntry } from '../../models/curriculum/module.ts'
import { FEEDBACK } from '../../models/test-rules.ts'
import type { FactFields } from './fact-fields.ts'

/** What may be asked about an outcome: any difficulty, or so many of each, and what is drawn beside. */
export const ASKED = ['any', ...DIFFICULTIES, ...BESIDE] as const
export type Asked = (typeof ASKED)[number]

/** Rules of a test that a module has not had so far. */
const NEW_TEST = { pass_percent: 70, attempts: 3, minutes: 30, per_page: 5, feedback: 'after_attempt' } as const
const MOST_ASKED = 99

/** The facts of a card as they were typed. Nothing asked about any outcome means no test, and no forms. */
export function cardFacts(fields: FactFields, standing: Record<string, unknown>): CardFacts {
  const facts = standing as CardFacts
  const { self_paced, live, applied } = facts.hours_split
  const part = { least: 0, most: 999, parts: true }
  const { test, pre_post, ...others } = facts
  return {
    ...others,
    level: fields.choice('level', facts.level, ['foundation', 'intermediate', 'advanced']),
    hours: fields.number('hours', facts.hours, { least: 1, most: 999 }),
    hours_split: {
      self_paced: fields.number('split-self_paced', self_paced, part),
      live: fields.number('split-live', live, part),
      applied: fields.number('split-applied', applied, part),
    },
    outcomes: facts.outcomes.map(({ code, level, text }) => ({
      code,
      level: fields.choice(`outcome-${code}-level`, level, levels),
      text: fields.words(`outcome-${code}`, text),
    })),
    lessons: (facts.lessons as LessonEntry[]).map(lesson => ({
      ...lesson,
      hours: fields.number(`lesson-${lesson.code}-hours`, lesson.hours, { least: 1, most: 99 }),
      ...(lesson.title ? { title: fields.words(`lesson-${lesson.code}`, lesson.title) } : {}),
    })),
    ...testIn(fields, facts),
    ...formsIn(fields, facts),
  }
}

function testIn(fields: FactFields, { test, outcomes }: CardFacts): Pick<CardFacts, 'test'> {
  const blueprint = blueprintIn(fields, 'blueprint', test?.blueprint ?? {}, outcomes)
  if (!Object.keys(blueprint).length) return {}
  const rules = test ?? NEW_TEST
  return {
    test: {
      blueprint,
      pass_percent: fields.number('passPercent', rules.pass_percent, { least: 1, most: 100 }),
      attempts: fields.number('attempts', rules.attempts, { least: 1, most: 20 }),
      minutes: fields.number('testMinutes', rules.minutes, { least: 1, most: 600 }),
      per_page: fields.number('perPage', rules.per_page, { least: 1, most: 50 }),
      feedback: fields.choice('feedback', rules.feedback, FEEDBACK),
    },
  }
}

function formsIn(fields: FactFields, { pre_post, outcomes }: CardFacts): Pick<CardFacts, 'pre_post'> {
  const blueprint = blueprintIn(fields, 'forms', pre_post?.blueprint ?? {}, outcomes)
  if (!Object.keys(blueprint).length) return {}
  return {
    pre_post: {
      blueprint,
      per_page: fields.number('formsPerPage', pre_post?.per_page ?? NEW_TEST.per_page, { least: 1, most: 50 }),
    },
  }
}

/** How many questions about each outcome, from `<name>-<outcome>-<asked>`; both of any and of each is a mistake. */
function blueprintIn(fields: FactFields, name: string, standing: Blueprint, outcomes: CardFacts['outcomes']) {
  const entries = outcomes.flatMap(({ code }): [string, Wanted][] => {
    const was = asked(standing[code])
    const counts = ASKED.map(of => [of, fields.count(`${name}-${code}-${of}`, was[of], MOST_ASKED)] as const)
    const { any, ...each } = Object.fromEntries(counts.filter(([, count]) => count)) as { [A in Asked]?: number }
    if (any && Object.keys(each).length) {
      fields.wrong.push({ field: `${name}-${code}-any`, key: 'anyOrEach' })
      return standing[code] ? [[code, standing[code]]] : []
    }
    if (any) return [[code, any]]
    return Object.keys(each).length ? [[code, each]] : []
  })
  return Object.fromEntries(entries)
}

/** What is asked about an outcome, apart. */
export const asked = (wanted: Wanted | undefined): { [A in Asked]?: number } =>
  typeof wanted === 'number' ? { any: wanted } : (wanted ?? {})
