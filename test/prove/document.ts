import type { Proof } from './entries.ts'

/** What came of a proof: whether its test turned red, and what it said. */
export type Outcome = { proof: Proof; red: boolean; said: string }

/**
 * The table of all promises in Markdown: what was tried in this run anew, the others as they were tried last.
 * @param all the promises there are, in order
 * @param old the document before
 * @param dated when and on which commit this run was
 */
export function document(outcomes: Outcome[], all: Proof[], old: string, dated: string): string {
  const tried = new Map(outcomes.map(outcome => [outcome.proof.promise, rowOf(outcome, dated)]))
  const before = rowsIn(old)
  const rows = all.flatMap(({ promise }) => tried.get(promise) ?? before.get(promise) ?? [])
  const proved = rows.filter(line => line.includes(' | red: ')).length
  const untried = all.length - rows.length
  return [
    '# Proofs',
    '',
    'A test that has never failed proves nothing. Each line is a promise of the platform, the test that holds it, and the one',
    'line whose breaking turned that test red; the same test was green just before. Written by `npm run prove`, of which the',
    'last column says when; the list is in `test/prove/entries.ts`, and each run of `.ci/run` repeats a sample.',
    '',
    `${proved} of ${all.length} proved${untried ? `; ${untried} not tried yet` : ''}.`,
    '',
    row(HEAD),
    row(HEAD.map(() => '---')),
    ...rows,
    '',
  ].join('\n')
}

const HEAD = ['Promise', 'Test', 'The break', 'What the test then said', 'Tried']

const rowOf = ({ proof, red, said }: Outcome, dated: string) =>
  row([
    proof.promise,
    `\`${proof.test}\`${proof.on ? ` (${proof.on})` : ''}`,
    broken(proof),
    `${red ? 'red' : '**not proved**'}: ${escaped(said)}`,
    dated,
  ])

/** The rows of a document by their promise. */
function rowsIn(old: string): Map<string, string> {
  const lines = old.split('\n## ')[0]!.split('\n')
  const rows = lines.filter(line => line.startsWith('| ')).map(line => [cellsOf(line), line] as const)
  return new Map(rows.filter(([cells]) => cells.length === HEAD.length).map(([cells, line]) => [cells[0]!, line]))
}

const cellsOf = (line: string) => line.slice(2, -2).split(' | ')

function broken({ file, find, replace }: Proof): string {
  if (find === undefined) return `\`${file}\` added: ${code(replace)}`
  return `\`${file}\`: ${code(find)} → ${replace === '' ? 'nothing' : code(replace)}`
}

const row = (cells: string[]) => `| ${cells.join(' | ')} |`
const escaped = (text: string) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;')
const code = (text: string) => `\`\`${oneLine(text).replaceAll('|', '\\|')} \`\``

/** Words on one line, cut where they are many. */
export function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > 160 ? `${line.slice(0, 159)}…` : line
}
