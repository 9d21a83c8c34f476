import type { ItemType } from '../../items/kind.ts'

/** Types of questions that fit in a row: those of options alone. */
export const IN_SHEET: ItemType[] = ['single', 'multiple', 'true_false']

/** So many options at most have columns. */
export const MOST_OPTIONS = 10

/** Columns that every sheet of questions has, in their order. */
export const COLUMNS = [
  ...['code', 'outcome', 'difficulty', 'type', 'points', 'tags', 'sources', 'prompt_en', 'prompt_ru'],
] as const

/** What stands in the columns of each option, `option_1_en` and so on. */
export const OF_OPTION = ['en', 'ru', 'right', 'feedback_en', 'feedback_ru', 'id'] as const

/** Columns without which a sheet is none of questions. */
export const NEEDED = ['type', 'prompt_en', 'prompt_ru', 'option_1_en', 'option_1_ru', 'option_1_right'] as const

/** Names of all columns of a sheet with room for so many options. */
export const columnsFor = (options: number): string[] => [
  ...COLUMNS,
  ...Array.from({ length: options }, (_, index) => OF_OPTION.map(field => `option_${index + 1}_${field}`)).flat(),
]

/** Sign between the entries of a list in one cell. */
export const BETWEEN = ';'
