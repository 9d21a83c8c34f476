/** A drawing in SVG, 340 units wide: as wide as a phone shows it, so that its words are of reading size there. */
export type Drawing = { parts: string[]; height: number }

export const WIDTH = 340
export const LINE = 17
const SIZE = 13
// Wider than most letters: no font of any system may run out of a drawing.
const LETTER = 0.66

/** Breaks a text at its spaces into lines that fit `width` units. A word longer than a line stands alone. */
export function linesOf(text: string, width: number): string[] {
  const most = Math.floor(width / (SIZE * LETTER))
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word
    if (lines.length && longer.length <= most) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines
}

/** Lines of text below each other, the first one with its foot at `y`. `kind` is a class (public/css/diagrams.css). */
export function textAt(lines: string[], x: number, y: number, kind = ''): string {
  const rows = lines.map((line, index) => `<tspan x="${x}" y="${round(y + index * LINE)}">${escaped(line)}</tspan>`)
  return `<text${kind ? ` class="${kind}"` : ''}>${rows.join('')}</text>`
}

/** Two decimals are enough for any screen. */
export const round = (units: number): number => Math.round(units * 100) / 100

export const escaped = (text: string): string => text.replace(/[&<>"]/g, sign => `&#${sign.charCodeAt(0)};`)
