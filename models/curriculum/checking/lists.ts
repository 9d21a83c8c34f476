import type { Report } from '../problem.ts'
import type { ListFile } from '../reading.ts'
import type { Source } from '../source.ts'
import type { Theme } from '../theme.ts'
import { checkRepeats } from './repeats.ts'

export function checkThemes(themes: ListFile<Theme>, report: Report) {
  checkRepeats(themes.yaml, [], 'code', report)
}

export function checkSources(sources: ListFile<Source>, report: Report) {
  checkRepeats(sources.yaml, [], 'id', report)
}
