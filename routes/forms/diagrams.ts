import { z } from 'zod'
import type { Diagram } from '../../models/curriculum/diagram.ts'
import { DIAGRAM_KINDS, type DiagramRow, type RowPress } from '../../models/curriculum/editing-diagrams.ts'
import type { FactFields } from './fact-fields.ts'

/** Most rows of a diagram: more cannot be drawn so that they are read. */
const MOST_ROWS = 40
const MOST = { least: 0, most: 9_999_999_999 }

/** A diagram that is begun: lessons show it by its code for ever. */
export const newDiagramForm = z.object({
  code: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,59}$/, 'drafts.errors.diagramCode'),
  kind: z.enum(DIAGRAM_KINDS, 'drafts.errors.diagramKind'),
})

/** A diagram as it was typed: its own code and kind, and as many rows as the page had. */
export function diagramIn(fields: FactFields, standing: Diagram): Diagram {
  const rows = Array.from({ length: rowsIn(fields, standing) }, (_, at) => rowIn(fields, standing, at))
  const { code, kind, title, alternative } = standing
  const common = { code, title: fields.words('title', title), alternative: fields.words('alternative', alternative) }
  if (kind === 'bars') return { ...common, kind, unit: fields.words('unit', standing.unit), rows } as Diagram
  if (kind === 'timeline') return { ...common, kind, rows } as Diagram
  const columns = standing.columns.map((column, at) => fields.words(`column-${at}`, column))
  return { ...common, kind, columns, rows } as Diagram
}

const rowsIn = (fields: FactFields, { rows }: Diagram) =>
  Math.min(MOST_ROWS, /^\d{1,2}$/.test(fields.typed('rows') ?? '') ? Number(fields.typed('rows')) : rows.length)

const EMPTY = { en: '', ru: '' }

function rowIn(fields: FactFields, { kind, rows }: Diagram, at: number): DiagramRow {
  const name = (field: string) => `row-${at}-${field}`
  const was = rows[at] as (DiagramRow & { value?: number; as_of?: typeof EMPTY; date?: string }) | undefined
  const common = {
    label: fields.words(name('label'), was?.label ?? EMPTY),
    sources: fields.codes(name('sources'), was?.sources ?? []),
  }
  if (kind === 'timeline') return { ...common, date: fields.typed(name('date')) ?? was?.date ?? '' }
  if (kind === 'comparison')
    return { ...common, cells: [0, 1].map(column => fields.words(name(`cell-${column}`), EMPTY)) }
  return {
    ...common,
    value: fields.amount(name('value'), was?.value ?? 0, MOST),
    as_of: fields.words(name('as_of'), was?.as_of ?? EMPTY),
  }
}

/** Which button beside the rows was pressed: `rows-add`, `rows-up-2`. */
export function rowPressIn(go: unknown): RowPress | undefined {
  const [, act, row = '0'] = /^rows-(add|remove|up|down)(?:-(\d{1,2}))?$/.exec(String(go)) ?? []
  return act ? { act: act as RowPress['act'], row: Number(row) } : undefined
}
