import type { Known } from '../checking.ts'
import type { Diagram } from '../diagram.ts'
import { valueAt } from '../fitting.ts'
import type { Report } from '../problem.ts'
import type { ListFile } from '../reading.ts'
import { checkRepeats } from './repeats.ts'

/** Checks that each diagram is there once, that the sources of its rows are known, and that moments follow each other. */
export function checkDiagrams({ yaml, entries }: ListFile<Diagram>, known: Known, report: Report) {
  checkRepeats(yaml, [], 'code', report)
  entries.forEach((_, index) => {
    const rows = valueAt(yaml.raw, [index, 'rows'])
    if (!Array.isArray(rows)) return
    rows.forEach((row, place) => {
      const at = [index, 'rows', place]
      const ids = Array.isArray(row?.sources) ? row.sources : []
      ids.forEach((id: unknown, position: number) => {
        if (!known.isSource(String(id)))
          report(yaml.lineOf([...at, 'sources', position]), 'unknown-source', { id: String(id) })
      })
      if (place && String(row?.date ?? '') < String(rows[place - 1]?.date ?? ''))
        report(yaml.lineOf([...at, 'date']), 'order')
    })
  })
}
