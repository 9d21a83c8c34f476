import { drawBars, drawComparison, drawTimeline } from '../../lib/drawing.ts'
import { escaped, WIDTH } from '../../lib/drawing-text.ts'
import type { T } from '../../lib/i18n.ts'
import { type Bars, type Comparison, type Diagram, sourcesOf, type Timeline } from './diagram.ts'
import type { Language } from './shapes.ts'

/** The words of a text around its diagrams, and how it prints a citation. */
export type Setting = { language: Language; t: T; cite(source: string): string }

/**
 * A diagram as HTML: its title, a drawing with its text alternative, its sources, and the same as a table. Colors come
 * from the page (public/css/diagrams.css), so that it is drawn once for light, dark and paper.
 */
export function diagramHtml(diagram: Diagram, setting: Setting): string {
  const { language, t, cite } = setting
  const title = escaped(diagram.title[language])
  const { parts, height } = drawn(diagram, setting)
  const unit = diagram.kind === 'bars' ? `<br><span>${escaped(diagram.unit[language])}</span>` : ''
  return `<figure class="diagram">
<figcaption><strong>${title}</strong>${unit}</figcaption>
<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escaped(diagram.alternative[language])}">${parts.join('')}</svg>
<p class="diagram-sources">${escaped(t('curriculum.diagram.sources'))} ${sourcesOf(diagram).map(cite).join(' ')}</p>
<details><summary>${escaped(t('curriculum.diagram.asTable'))}</summary>
<div class="table-scroll" tabindex="0" role="region" aria-label="${title}">
${tableOf(diagram, setting)}
</div>
</details>
</figure>
`
}

function drawn(diagram: Diagram, { language }: Setting) {
  if (diagram.kind === 'timeline')
    return drawTimeline(
      diagram.rows.map(({ date, label }) => ({
        ...{ year: yearOf(date), when: dateIn(date, language), label: label[language] },
      })),
    )
  if (diagram.kind === 'comparison')
    return drawComparison(
      diagram.columns.map(column => column[language]),
      diagram.rows.map(({ label, cells }) => ({ label: label[language], cells: cells.map(cell => cell[language]) })),
    )
  return drawBars(
    diagram.rows.map(({ label, value, as_of }) => ({
      ...{ label: `${label[language]}, ${as_of[language]}`, value, shown: numberIn(value, language) },
    })),
  )
}

function tableOf(diagram: Diagram, setting: Setting): string {
  const { heads, rows } = TABLES[diagram.kind](diagram as never, setting)
  const head = heads.map(text => `<th scope="col">${escaped(text)}</th>`).join('')
  const body = rows.map(([first, ...cells], index) => {
    const cited = diagram.rows[index]!.sources.map(setting.cite).join(' ')
    const others = cells.map(text => `<td>${escaped(text)}</td>`).join('')
    return `<tr><th scope="row">${escaped(first!)} ${cited}</th>${others}</tr>`
  })
  return `<table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body.join('\n')}\n</tbody>\n</table>`
}

type Table = { heads: string[]; rows: string[][] }

const TABLES = {
  bars: ({ unit, rows }: Bars, { language, t }: Setting): Table => ({
    heads: [t('curriculum.diagram.counted'), unit[language], t('curriculum.diagram.asOf')],
    rows: rows.map(({ label, value, as_of }) => [label[language], numberIn(value, language), as_of[language]]),
  }),
  timeline: ({ rows }: Timeline, { language, t }: Setting): Table => ({
    heads: [t('curriculum.diagram.when'), t('curriculum.diagram.happened')],
    rows: rows.map(({ date, label }) => [dateIn(date, language), label[language]]),
  }),
  comparison: ({ columns, rows }: Comparison, { language, t }: Setting): Table => ({
    heads: [t('curriculum.diagram.question'), ...columns.map(column => column[language])],
    rows: rows.map(({ label, cells }) => [label[language], ...cells.map(cell => cell[language])]),
  }),
}

const numberIn = (value: number, language: Language) => new Intl.NumberFormat(TAGS[language]).format(value)
const TAGS = { en: 'en-GB', ru: 'ru' }

/** "2013-06" as a place on a line of years: in the middle of what is not told. */
function yearOf(date: string): number {
  const [year, month = 6.5, day = 15] = date.split('-').map(Number) as [number, number?, number?]
  return year + (month - 1) / 12 + day / 366
}

const PARTS = [
  { year: 'numeric' },
  { year: 'numeric', month: 'long' },
  { year: 'numeric', month: 'long', day: 'numeric' },
] as const

/** A day, a month or a year in words, as exact as it is known. */
function dateIn(date: string, language: Language): string {
  const [year, month = 1, day = 1] = date.split('-').map(Number) as [number, number?, number?]
  const parts = PARTS[date.split('-').length - 1]
  if (parts === PARTS[0]) return String(year)
  return new Intl.DateTimeFormat(TAGS[language], { ...parts, timeZone: 'UTC' }).format(Date.UTC(year, month - 1, day))
}
