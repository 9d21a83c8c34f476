import type { Report } from '../problem.ts'
import { written } from '../reading.ts'
import type { Path, YamlText } from '../yaml-text.ts'

/** Reports entries of the list at `path` whose `field` an earlier entry has already. */
export function checkRepeats(yaml: YamlText, path: Path, field: string, report: Report) {
  const seen = new Map<string, number>()
  written(yaml, path, field).forEach((value, index) => {
    const line = yaml.lineOf([...path, index, field])
    const first = seen.get(value)
    if (value && first) report(line, 'duplicate.value', { field, value, first })
    else seen.set(value, line)
  })
}
