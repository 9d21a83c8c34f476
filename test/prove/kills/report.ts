import type { Outcome } from './trial.ts'

const HEAD = '## Kill points'

/** The section of docs/proofs.md about a trial, in Markdown. */
export function section({ seed, lives, undone, faults, counts, seconds }: Outcome, dated: string): string {
  const list = (numbers: Record<string, number>) =>
    Object.entries(numbers)
      .map(([what, number]) => `${number} ${what}`)
      .join(', ')
  const total = Object.values(lives).reduce((sum, each) => sum + each, 0)
  return [
    HEAD,
    '',
    'A process that enrolls, withdraws, moves and calls off sessions, writes to groups and takes acts back is killed (SIGKILL)',
    'at points chosen by a seed, started again, killed again, and at last left to finish. Then SQL and the record of the mail',
    'server are compared: no committed event without its mail, no mail of what was taken back, a mail twice only where the',
    'kill fell between the yes of the server and the mark of the worker, and then under the same Message-ID.',
    '',
    `${dated}, seed \`${seed}\` (\`npm run prove -- --kills ${total} --seed ${seed}\`), ${seconds} s:`,
    '',
    `- **${total} kills**: ${list(lives)}.`,
    `- **Committed**: ${list(counts.events)}; **taken back**: ${undone} transactions of three acts each, and what the kills before a commit left.`,
    `- **Mails**: ${counts.mails}, stored ${counts.deliveries} times by the mail server. **Repeats**: ${counts.repeats}, of ${counts.expected} mails that lay between yes and mark when a kill fell, each under its own Message-ID; ${counts.overtaken} of them not told again, because a later act had overtaken the news.`,
    faults.length ? `- **Faults: ${faults.length}**: ${faults.slice(0, 10).join('; ')}` : '- **Faults**: none.',
    '',
  ].join('\n')
}
