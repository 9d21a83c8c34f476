import type { AssignmentFacts } from '../../models/curriculum/pieces/assignment.ts'
import type { LessonFacts } from '../../models/curriculum/pieces/lesson.ts'
import type { PieceKind } from '../../models/draft.ts'
import { cardFacts } from './card-facts.ts'
import type { FactFields } from './fact-fields.ts'

type Fields = Record<string, unknown>

/** What is the same in every language of a piece, as it was typed; fields that the page did not have keep what stands. */
export const FACTS: { [K in PieceKind]: (fields: FactFields, standing: Fields) => Fields } = {
  lesson: (fields, standing) => {
    const { minutes, outcomes, further } = standing as LessonFacts
    return {
      minutes: fields.number('minutes', minutes, { least: 1, most: 600 }),
      outcomes: fields.has('facts') ? fields.named('outcome-').toSorted() : outcomes,
      further: fields.codes('further', further),
    } satisfies LessonFacts
  },

  card: cardFacts,

  assignment: (fields, standing) => {
    const facts = standing as AssignmentFacts
    return {
      ...facts,
      pass_percent: fields.number('passPercent', facts.pass_percent, { least: 1, most: 100 }),
      rounds: fields.number('rounds', facts.rounds, { least: 1, most: 5 }),
      due_days: fields.number('dueDays', facts.due_days, { least: 0, most: 90 }),
      round_days: fields.number('roundDays', facts.round_days, { least: 1, most: 90 }),
      rubric: facts.rubric.map((criterion, at) => ({
        ...criterion,
        weight: fields.number(`weight-${at}`, criterion.weight, { least: 1, most: 100 }),
        title: fields.words(`criterion-${at}`, criterion.title),
        levels: criterion.levels.map((level, step) => ({
          points: fields.number(`points-${at}-${step}`, level.points, { least: 0, most: 100 }),
          text: fields.words(`level-${at}-${step}`, level.text),
        })),
      })),
    }
  },
}
