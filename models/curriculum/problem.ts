/** Something wrong in a file of the curriculum: where it is and, in plain words for its author, what it is. */
export type Problem = { file: string; line: number; kind: string; message: string }

/** Takes one problem down; the file is known to whoever made the reporter. */
export type Report = (line: number, kind: string, message: string) => void

/** Problems by file, then line, each once. */
export function inOrder(problems: Problem[]): Problem[] {
  const byPlace = (a: Problem, b: Problem) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1)
  const seen = new Set<string>()
  return problems.toSorted(byPlace).filter(({ file, line, message }) => {
    const key = `${file}:${line} ${message}`
    return !seen.has(key) && seen.add(key)
  })
}
