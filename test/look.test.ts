import { readdirSync, readFileSync } from 'node:fs'
import { expect } from 'chai'

const css = (name: string) => readFileSync(new URL(`../public/css/${name}`, import.meta.url), 'utf8')
const own = readdirSync(new URL('../public/css', import.meta.url)).filter(name => name.endsWith('.css'))

describe('the look', () => {
  for (const scheme of ['light', 'dark'] as const) {
    const colors = colorsOf(scheme)

    it(`${scheme}: lesson text has a contrast of 7 or more on every ground it stands on`, () => {
      for (const ground of ['paper', 'tint', 'tint-strong']) expectContrast(colors, 'ink', ground, 7)
    })

    it(`${scheme}: every word has a contrast of 4.5 or more on its ground`, () => {
      for (const ink of ['ink', 'ink-soft', 'link', 'link-hover', 'due', 'good', 'warn', 'bad'])
        for (const ground of ['paper', 'tint']) expectContrast(colors, ink, ground, 4.5)
      for (const tone of ['due', 'good', 'warn', 'bad'])
        for (const ink of [tone, 'ink', 'link']) expectContrast(colors, ink, `${tone}-tint`, 4.5)
      for (const ground of ['brand', 'brand-hover', 'brand-active']) expectContrast(colors, 'on-brand', ground, 4.5)
      for (const ground of ['bad', 'bad-hover']) expectContrast(colors, 'on-bad', ground, 4.5)
      for (const ink of ['on-band', 'on-band-soft']) expectContrast(colors, ink, 'band', 4.5)
      for (const ink of ['ink', 'ink-soft']) expectContrast(colors, ink, 'tint-strong', 4.5)
    })

    it(`${scheme}: the focus ring and the edges of fields have a contrast of 3 or more`, () => {
      for (const ground of ['paper', 'tint', 'due-tint', 'bad-tint']) expectContrast(colors, 'focus', ground, 3)
      for (const ground of ['paper', 'tint']) expectContrast(colors, 'line-strong', ground, 3)
      expectContrast(colors, 'bad', 'paper', 3)
    })
  }

  it('only logical properties: a page mirrors by its direction alone', () => {
    const physical =
      /^\s*(?:(?:margin|padding|border|inset)-(?:left|right|top|bottom)|left|right|top|bottom|width|height|(?:min|max)-(?:width|height)|float|text-align:\s*(?:left|right))\b[^(]*:/m
    for (const name of own) expect(css(name), name).not.to.match(physical)
  })

  it('no color outside the tokens but on the band, the mark and paper', () => {
    for (const name of own.filter(each => !['tokens.css', 'print.css'].includes(each))) {
      const colors = css(name).match(/#[0-9a-f]{3,8}\b/gi) ?? []
      expect(
        colors.filter(color => !['#fff', '#ffb05c'].includes(color)),
        name,
      ).to.deep.equal([])
    }
  })
})

type Colors = Record<string, string>

/** The color tokens of a scheme: those of light, and over them those of dark. */
function colorsOf(scheme: 'light' | 'dark'): Colors {
  const [light, dark] = css('tokens.css').split('@media (prefers-color-scheme: dark)')
  return { ...tokens(light!), ...(scheme === 'dark' ? tokens(dark!) : {}) }
}

function tokens(text: string): Colors {
  return Object.fromEntries(
    [...text.matchAll(/--([a-z-]+): (#[0-9a-f]{3,6});/g)].map(([, name, value]) => [name, value]),
  )
}

function expectContrast(colors: Colors, ink: string, ground: string, least: number) {
  const [high, low] = [luminance(colors[ink]!), luminance(colors[ground]!)].sort((a, b) => b - a)
  const ratio = (high! + 0.05) / (low! + 0.05)
  expect(ratio, `${ink} on ${ground} is ${ratio.toFixed(2)}`).to.be.at.least(least)
}

/** Relative luminance, 0 to 1 (WCAG 2.2). */
function luminance(hex: string): number {
  const full = hex.length === 4 ? [...hex.slice(1)].map(digit => digit + digit).join('') : hex.slice(1)
  const [r, g, b] = [0, 2, 4].map(at => {
    const channel = Number.parseInt(full.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}
