import type { T } from '../../lib/i18n.ts'
import { translator } from './own-words.ts'
import type { Path } from './yaml-text.ts'

/** What a finding is about: a value as it is, a word of ours (`{ word: 'languages.en' }`), or a place in a file. */
export type Param = string | number | undefined | { word: string } | { path: Path }
export type Params = { [name: string]: Param }

/** Something wrong, before it is put into words: its words stand under `findings` in the locales. */
export type Finding = { code: string; params: Params }

/** A finding in a file of the curriculum; `kind` is the first part of its code, `message` says it in English. */
export type Problem = Finding & { file: string; line: number; kind: string; message: string }

/** Takes one finding down; the file is known to whoever made the reporter. */
export type Report = (line: number, code: string, params?: Params) => void

/** A finding with its place. */
export const problem = (found: Finding & { file: string; line: number }): Problem => ({ ...found, ...said(found) })

/** What is wrong in a question: its types say it themselves, in English, and pages by its kind. */
export const MISTAKE = 'mistake'

/** The kind of a finding, and its English words. */
export const said = (found: Finding) =>
  found.code === MISTAKE
    ? { kind: String(found.params.kind), message: String(found.params.message) }
    : { kind: found.code.split('.')[0]!, message: inWords(translator('en'), found) }

/** A finding in the words of a language. */
export function inWords(t: T, { code, params }: Finding): string {
  if (code === MISTAKE) return t(`items.problems.${params.kind}`)
  const words = Object.entries(params).map(([name, param]) => [name, paramIn(t, param)])
  return t(`findings.${code}`, Object.fromEntries(words))
}

function paramIn(t: T, param: Param): string | number {
  if (typeof param !== 'object') return param ?? ''
  return 'word' in param ? t(`findings.words.${param.word}`) : placeIn(t, param.path)
}

/** `outcomes, entry 3, text`: a path as a reader of the file counts. */
function placeIn(t: T, path: Path): string {
  if (!path.length) return t('findings.words.whole')
  return path
    .map(step => (typeof step === 'number' ? t('findings.words.entry', { number: step + 1 }) : String(step)))
    .join(', ')
}

/** Problems by file, then line, each once. */
export function inOrder(problems: Problem[]): Problem[] {
  const byPlace = (a: Problem, b: Problem) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1)
  const seen = new Set<string>()
  return problems.toSorted(byPlace).filter(({ file, line, message }) => {
    const key = `${file}:${line} ${message}`
    return !seen.has(key) && seen.add(key)
  })
}
