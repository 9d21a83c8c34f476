import { moved } from '../../lib/lists.ts'
import type { Diagram } from './diagram.ts'

/** A diagram while it is written: its words may still be empty. */
export type DiagramRow = Diagram['rows'][number]
export type RowPress = { act: 'add' | 'remove' | 'up' | 'down'; row: number }

export const DIAGRAM_KINDS = ['bars', 'timeline', 'comparison'] as const

const EMPTY = { en: '', ru: '' }

/** A diagram of its kind with nothing in it, and as many rows as it needs at least. */
export function newDiagram(kind: Diagram['kind'], code: string): Diagram {
  const common = { code, title: EMPTY, alternative: EMPTY }
  if (kind === 'bars') return { ...common, kind, unit: EMPTY, rows: [newRow('bars')] } as Diagram
  if (kind === 'timeline') return { ...common, kind, rows: [newRow(kind), newRow(kind)] } as Diagram
  return { ...common, kind, columns: [EMPTY, EMPTY], rows: [newRow(kind)] } as Diagram
}

function newRow(kind: Diagram['kind']): DiagramRow {
  const common = { label: EMPTY, sources: [] }
  if (kind === 'bars') return { ...common, value: 0, as_of: EMPTY }
  return kind === 'timeline' ? { ...common, date: '' } : { ...common, cells: [EMPTY, EMPTY] }
}

/** A diagram with a row added, removed, or moved by one place. */
export function withRows(diagram: Diagram, { act, row }: RowPress): Diagram {
  const rows: DiagramRow[] = diagram.rows
  if (act === 'add') return { ...diagram, rows: [...rows, newRow(diagram.kind)] } as Diagram
  if (act === 'remove') return { ...diagram, rows: rows.filter((_, at) => at !== row) } as Diagram
  return { ...diagram, rows: moved(rows, row, act) } as Diagram
}
