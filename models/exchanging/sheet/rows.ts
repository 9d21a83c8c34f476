import type { Item } from '../../curriculum/bank.ts'
import type { Words } from '../../curriculum/shapes.ts'
import type { Option } from '../../items/options.ts'
import { fromCell, inCell, MOST_IN_CELL } from './cells.ts'
import { BETWEEN, IN_SHEET, MOST_OPTIONS, OF_OPTION } from './columns.ts'

/** A row by the names of its columns; cells are text. */
export type Row = Map<string, string>

const optionsOf = (item: Item) => item.options as Option[]

/** Whether a question can stand in a row as it is. */
export const isInSheet = (item: Item): boolean =>
  IN_SHEET.includes(item.type) &&
  optionsOf(item).length <= MOST_OPTIONS &&
  [...rowOf(item).values()].every(text => text.length <= MOST_IN_CELL)

/** A question of options as a row. */
export function rowOf(item: Item): Row {
  const { code, outcome, difficulty, type, points, tags = [], sources, prompt } = item
  const cells: [string, string][] = [
    ...Object.entries({ code, outcome, difficulty, type, points: points ? String(points) : '' }),
    ...Object.entries({ tags: tags.join(BETWEEN), sources: sources.join(BETWEEN) }),
    ...Object.entries({ prompt_en: prompt.en, prompt_ru: prompt.ru }),
    ...optionsOf(item).flatMap(({ id, text, right, feedback }, index) =>
      Object.entries({
        ...{ en: text.en, ru: text.ru, right: right ? 'yes' : 'no' },
        ...{ feedback_en: feedback.en, feedback_ru: feedback.ru, id },
      }).map(([field, value]): [string, string] => [`option_${index + 1}_${field}`, value]),
    ),
  ]
  return new Map(cells.map(([name, text]) => [name, inCell(text)]))
}

/** A row as a question in the shape of the own format, whole or not; `otherwise` stands in empty cells. */
export function itemOf(row: Row, otherwise: { outcome: string; difficulty: string }): Record<string, unknown> {
  const cell = (name: string) => fromCell(row.get(name)?.trim() ?? '')
  const list = (name: string) =>
    cell(name)
      .split(BETWEEN)
      .map(each => each.trim())
      .filter(Boolean)
  return {
    ...(cell('code') ? { code: cell('code') } : {}),
    ...{ outcome: cell('outcome') || otherwise.outcome, difficulty: cell('difficulty') || otherwise.difficulty },
    type: cell('type'),
    ...(cell('points') ? { points: whole(cell('points')) } : {}),
    ...(list('tags').length ? { tags: list('tags') } : {}),
    prompt: words(cell, 'prompt'),
    options: optionsIn(cell),
    sources: list('sources'),
  }
}

type CellOf = (name: string) => string

function optionsIn(cell: CellOf) {
  return Array.from({ length: MOST_OPTIONS }, (_, index) => `option_${index + 1}`).flatMap((name, index) =>
    OF_OPTION.some(field => cell(`${name}_${field}`))
      ? [
          {
            id: cell(`${name}_id`) || String.fromCharCode(97 + index),
            text: words(cell, name),
            right: truth(cell(`${name}_right`)),
            feedback: words(cell, `${name}_feedback`),
          },
        ]
      : [],
  )
}

const words = (cell: CellOf, name: string): Words => ({ en: cell(`${name}_en`), ru: cell(`${name}_ru`) })

const whole = (text: string) => (/^\d+$/.test(text) ? Number(text) : text)

// What is neither stays as it is written: the check of the format says so.
function truth(text: string): boolean | string {
  if (/^(yes|true|да|истина|верно|1|x|х|\+)$/i.test(text)) return true
  return /^(no|false|нет|ложь|неверно|0|-|)$/i.test(text) ? false : text
}
