import { type Drawing, LINE, linesOf, round, textAt, WIDTH } from './drawing-text.ts'

/** Bars from zero, each under its label, with its value in words at its end. */
export function drawBars(bars: { label: string; value: number; shown: string }[]): Drawing {
  const longest = Math.max(...bars.map(({ value }) => value)) || 1
  const parts: string[] = []
  let y = 0
  for (const { label, value, shown } of bars) {
    const lines = linesOf(label, WIDTH)
    const width = round((value / longest) * (WIDTH - ROOM_FOR_VALUE))
    parts.push(textAt(lines, 0, y + 13))
    y += lines.length * LINE + 3
    parts.push(`<rect class="bar" x="0" y="${y}" width="${width}" height="${BAR}"/>`)
    parts.push(textAt([shown], width + 8, y + 14, 'strong'))
    y += BAR + 14
  }
  return { parts, height: y - 12 }
}

const ROOM_FOR_VALUE = 64
const BAR = 18

/** Moments at their true distances on a line of years; where they stand close, their words make room for each other. */
export function drawTimeline(moments: { year: number; when: string; label: string }[]): Drawing {
  const [from, to] = [Math.floor(moments[0]!.year), Math.ceil(moments.at(-1)!.year)]
  const placeOf = (year: number) => round(TOP + (year - from) * YEAR)
  const parts = [`<path class="axis" d="M${AXIS} ${TOP}V${placeOf(to)}"/>`]
  for (let year = from; year <= to; year++)
    if (year === from || year === to || (year % 5 === 0 && to - year > 1))
      parts.push(
        `<path class="axis" d="M${AXIS - 5} ${placeOf(year)}h5"/>`,
        textAt([String(year)], AXIS - 10, placeOf(year) + 4, 'soft end'),
      )
  let free = 0
  for (const { year, when, label } of moments) {
    const [at, lines] = [placeOf(year), linesOf(label, WIDTH - WORDS)]
    const y = Math.max(free, at)
    parts.push(`<path class="leader" d="M${AXIS} ${at}L${WORDS - 6} ${y}"/>`)
    parts.push(`<circle class="moment" cx="${AXIS}" cy="${at}" r="5"/>`)
    parts.push(textAt([when], WORDS, y + 4, 'strong'), textAt(lines, WORDS, y + 4 + LINE))
    free = y + (lines.length + 1) * LINE + 12
  }
  return { parts, height: Math.max(free - 8, placeOf(to) + 8) }
}

const [TOP, AXIS, WORDS, YEAR] = [12, 50, 76, 26]

/** Two chains side by side, step by step under the same questions. */
export function drawComparison(names: string[], rows: { label: string; cells: string[] }[]): Drawing {
  const heads = names.map(name => linesOf(name, COLUMN - 16))
  const parts: string[] = []
  const head = boxHeight(heads)
  for (const [index, lines] of heads.entries()) parts.push(...box(lines, index, 0, head, 'head'))
  let y = head
  for (const { label, cells } of rows) {
    const question = linesOf(label, COLUMN)
    const top = y + question.length * LINE + 16
    const inside = cells.map(cell => linesOf(cell, COLUMN - 16))
    const height = boxHeight(inside)
    for (const [index, lines] of inside.entries()) {
      const middle = index * (COLUMN + GAP) + (index ? COLUMN - ARROW_IN : ARROW_IN)
      parts.push(`<path class="arrow" d="M${middle} ${y + 3}V${top - 3}m-4-5l4 5l4-5"/>`)
      parts.push(...box(lines, index, top, height, 'cell'))
    }
    parts.push(textAt(question, WIDTH / 2, y + 20, 'soft middle'))
    y = top + height
  }
  return { parts, height: y + 1 }
}

const [COLUMN, GAP, ARROW_IN] = [164, 12, 24]
const boxHeight = (cells: string[][]) => Math.max(...cells.map(lines => lines.length)) * LINE + 14

function box(lines: string[], column: number, y: number, height: number, kind: string): string[] {
  const x = column * (COLUMN + GAP)
  return [
    `<rect class="${kind}" x="${x + 0.5}" y="${y + 0.5}" width="${COLUMN - 1}" height="${height}" rx="3"/>`,
    textAt(lines, x + 8, y + 20, `in-${kind}`),
  ]
}
