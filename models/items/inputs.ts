/**
 * How an author fills in the content of a question: every kind says it by a list of inputs, one for each field of its
 * shape. Forms are made from it alone. `name` is the field's name in the content; `label` the key of its words, where
 * the name says too little.
 */
export type Input = { name: string; label?: string } & (
  | { as: 'words'; long?: true; optional?: true }
  /** Several texts in each language, one a line. */
  | { as: 'lines' }
  | { as: 'number' }
  | { as: 'right' }
  | { as: 'picture' }
  /** A name the author gives, as the text uses it. */
  | { as: 'name' }
  /** A name nobody sees: it is given when the row is made. */
  | { as: 'key' }
  | Rows
)

/**
 * A list. Each row has the inputs `of`, or those of its type among `types`; a row of neither is a text itself.
 * @property start how many rows a new question begins with; `fixed` when there are always so many
 */
export type Rows = {
  as: 'rows'
  start: number
  fixed?: true
  optional?: true
  /** Whether the order says something, so that rows can be moved. */
  ordered?: true
  of?: Input[]
  types?: { [type: string]: Input[] }
}

/** The inputs of one row, its type being that of `raw`; undefined when the row is a text itself. */
export const inputsOfRow = ({ of, types }: Rows, raw: unknown): Input[] | undefined =>
  types ? (types[String((raw as { type?: unknown } | null)?.type)] ?? []) : of

export const WHY: Input = { as: 'words', name: 'feedback', label: 'why' }
const OPTION: Input[] = [{ as: 'key', name: 'id' }, { as: 'words', name: 'text' }, { as: 'right', name: 'right' }, WHY]

/** Options, of which some are right and each says why. */
export const optionRows = (start: number, extra: Input[] = [], fixed?: true): Input[] => [
  { as: 'rows', name: 'options', start, of: [...extra, ...OPTION], ...(fixed ? { fixed } : {}) },
]
