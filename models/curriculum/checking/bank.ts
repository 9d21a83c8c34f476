import { isMapping, type ItemType } from '../../items/kind.ts'
import { KINDS } from '../../items/kinds.ts'
import type { Item } from '../bank.ts'
import type { Known } from '../checking.ts'
import { valueAt } from '../fitting.ts'
import { MISTAKE, type Report } from '../problem.ts'
import { type CurriculumFile, type CurriculumModule, type ListFile, written } from '../reading.ts'
import type { YamlText } from '../yaml-text.ts'

/** Checks each item of a module's bank: its outcome, its sources, its key. Without outcomes none is held against it. */
export function checkBank(
  { folder, outcomes }: { folder: string; outcomes: string[] | undefined },
  bank: Pick<ListFile<Item>, 'yaml' | 'entries'>,
  known: Known,
  report: Report,
) {
  const { yaml } = bank
  written(yaml, [], 'outcome').forEach((code, index) => {
    if (code && outcomes && !outcomes.includes(code))
      report(yaml.lineOf([index, 'outcome']), 'unknown-outcome.module', { outcome: code, module: folder })
  })
  bank.entries.forEach((item, index) => {
    item?.sources.forEach((id, position) => {
      if (!known.isSource(id)) report(yaml.lineOf([index, 'sources', position]), 'unknown-source', { id })
    })
    checkKey(yaml, index, report)
  })
}

/** Checks that no two items of the whole curriculum share a code. */
export function checkItemCodes(modules: CurriculumModule[], to: (file: CurriculumFile) => Report) {
  const seen = new Map<string, string>()
  for (const { bank } of modules)
    written(bank?.yaml ?? { raw: [], lineOf: () => 1 }, [], 'code').forEach((code, index) => {
      const line = bank!.yaml.lineOf([index, 'code'])
      const first = seen.get(code)
      if (code && first) to(bank!)(line, 'duplicate.item', { code, first })
      else seen.set(code, `${bank!.file} line ${line}`)
    })
}

// Read from the raw text: a missing feedback must not hide a missing right answer.
function checkKey(yaml: YamlText, index: number, report: Report) {
  const raw = valueAt(yaml.raw, [index])
  if (!isMapping(raw) || !Object.hasOwn(KINDS, String(raw.type))) return
  for (const { at, kind, message } of KINDS[raw.type as ItemType].mistakes(raw))
    report(yaml.lineOf([index, ...at]), MISTAKE, { kind, message })
}
