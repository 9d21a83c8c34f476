import type { Item } from '../bank.ts'
import type { Known } from '../checking.ts'
import { valueAt } from '../fitting.ts'
import type { Report } from '../problem.ts'
import { type CurriculumFile, type CurriculumModule, type ListFile, outcomesOf, written } from '../reading.ts'
import type { YamlText } from '../yaml-text.ts'
import { checkRepeats } from './repeats.ts'

/** Checks each item of a module's bank: its outcome, its sources, its options. */
export function checkBank(module: CurriculumModule, bank: ListFile<Item>, known: Known, report: Report) {
  const { yaml } = bank
  const outcomes = outcomesOf(module)
  written(yaml, [], 'outcome').forEach((code, index) => {
    if (code && outcomes && !outcomes.includes(code))
      report(yaml.lineOf([index, 'outcome']), 'unknown-outcome', `"${code}" is not an outcome of ${module.folder}`)
  })
  bank.entries.forEach((item, index) => {
    item?.sources.forEach((id, position) => {
      if (!known.isSource(id))
        report(yaml.lineOf([index, 'sources', position]), 'unknown-source', `source "${id}" is not in sources.yaml`)
    })
    checkRepeats(yaml, [index, 'options'], 'id', report)
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
      if (code && first) to(bank!)(line, 'duplicate', `code "${code}" is used twice (first in ${first})`)
      else seen.set(code, `${bank!.file} line ${line}`)
    })
}

// Read from the raw text: a missing feedback must not hide a missing right answer.
function checkKey(yaml: YamlText, index: number, report: Report) {
  const type = valueAt(yaml.raw, [index, 'type'])
  const options = valueAt(yaml.raw, [index, 'options'])
  if (!Array.isArray(options)) return
  const right = options.filter(option => option?.right === true).length
  const say = (kind: string, message: string) => report(yaml.lineOf([index, 'options']), kind, message)
  if (right === 0) say('no-right-answer', 'no option is right: true')
  else if (type !== 'multiple' && right > 1)
    say('right-answers', `"${type}" needs one right option, ${right} are marked`)
  else if (type === 'multiple' && right < 2) say('right-answers', '"multiple" needs at least two right options')
  else if (right === options.length) say('right-answers', 'every option is right: at least one must be wrong')
  if (type === 'true_false' && options.length !== 2)
    say('options', `"true_false" has exactly two options, here are ${options.length}`)
  else if (type !== 'true_false' && options.length < 3) say('options', `"${type}" needs at least three options`)
}
