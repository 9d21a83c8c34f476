import type { Proof } from './entries.ts'

/** What came of a proof: whether its test turned red, and what it said. */
export type Outcome = { proof: Proof; red: boolean; said: string }

/** The table of all promises in Markdown. @param dated when and on which commit they were tried */
export function document(outcomes: Outcome[], dated: string): string {
  const proved = outcomes.filter(({ red }) => red).length
  const rows = outcomes.map(({ proof, red, said }) =>
    row([
      proof.promise,
      `\`${proof.test}\`${proof.on ? ` (${proof.on})` : ''}`,
      broken(proof),
      `${red ? 'red' : '**not proved**'}: ${escaped(said)}`,
    ]),
  )
  return [
    '# Proofs',
    '',
    'A test that has never failed proves nothing. Each line is a promise of the platform, the test that holds it, and the one',
    'line whose breaking turned that test red; the same test was green just before. Written by `npm run prove`; the list is in',
    '`test/prove/entries.ts`, and each run of `.ci/run` repeats a sample.',
    '',
    `${proved} of ${outcomes.length} proved, ${dated}.`,
    '',
    row(['Promise', 'Test', 'The break', 'What the test then said']),
    row(['---', '---', '---', '---']),
    ...rows,
    '',
  ].join('\n')
}

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
