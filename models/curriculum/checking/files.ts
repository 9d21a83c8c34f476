import { FILE_NAME, LARGEST_FILE } from '../../module-file.ts'
import { isFile } from '../../../lib/markdown.ts'
import type { Outline } from '../outline.ts'
import type { Report } from '../problem.ts'
import { type CurriculumModule, written } from '../reading.ts'
import { checkRepeats } from './repeats.ts'

/** Checks that each file of the list lies in the folder of its module, once, and is not too large. */
export function checkFiles({ folder, files, others }: CurriculumModule, report: Report) {
  if (!files) return
  checkRepeats(files.yaml, [], 'name', report)
  written(files.yaml, [], 'name').forEach((name, index) => {
    const line = files.yaml.lineOf([index, 'name'])
    const size = others.get(name)
    if (!FILE_NAME.test(name)) return
    if (size === undefined) report(line, 'missing-file.listed', { name, folder })
    else if (size > LARGEST_FILE.bytes) report(line, 'file.large', { name, size, most: LARGEST_FILE.bytes })
    else if (!size) report(line, 'file.empty', { name })
  })
}

/** Checks that each file in the folder of a module is on its list: there it says what it is. */
export function checkUnlisted({ folder, files, others }: CurriculumModule, report: Report) {
  const listed = new Set(files ? written(files.yaml, [], 'name') : [])
  for (const name of others.keys())
    if (FILE_NAME.test(name) && !listed.has(name)) report(1, 'unlisted.file', { folder, name })
}

/** Names of the files that a lesson leads to, with the words of the link and its line. */
export const filesIn = ({ links }: Pick<Outline, 'links'>) =>
  links.flatMap(({ address, text, line }) => (isFile(address) ? [{ name: address, text, line }] : []))

/** Checks that each file in the text is one of the module's, and that words lead to it. */
export function checkLed(module: CurriculumModule, outline: Outline, report: Report) {
  const listed = module.files ? written(module.files.yaml, [], 'name') : []
  for (const { name, text, line } of filesIn(outline)) {
    if (!listed.includes(name)) report(line, 'missing-file.file', { name, module: module.folder })
    if (!text.trim()) report(line, 'alternative.file', { name })
  }
}
