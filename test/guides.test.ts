import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { expect } from 'chai'
import { loadTexts } from '../lib/i18n.ts'
import { none } from './laws/tree.ts'
import { PICTURES } from './pictures/list.ts'

const ROOT = new URL('..', import.meta.url).pathname
const texts = loadTexts(`${ROOT}locales`)

/** Every text of a language, with its values left open. */
function said(language: string): RegExp[] {
  const nouns = readdirSync(`${ROOT}locales/${language}`).map(file => file.replace('.json', ''))
  return (
    nouns
      .flatMap(noun => Object.values(texts.textsOf(language, noun)))
      // A text that is nothing but values would allow every word.
      .filter(text => /\p{L}{3}/u.test(text.replace(/\{\{\w+\}\}/g, '')))
      .map(
        text =>
          new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\\\{\\\{\w+\\\}\\\}/g, '.+')}$`, 'u'),
      )
  )
}

/** Words in bold that end without a period are those of a page: "**Trainings → Open a training**". */
function labels(guide: string): string[] {
  const bold = [...guide.matchAll(/\*\*([^*]+)\*\*/g)].map(([, words]) =>
    words!
      .replace(/\s+/g, ' ')
      .trim()
      .replace(/^[“«](.*)[”»]$/, '$1'),
  )
  return bold.filter(words => !/[.:]$/.test(words)).flatMap(words => words.split(' → '))
}

describe('guides', () => {
  for (const language of ['en', 'ru'])
    it(`name pages and buttons as the platform does: ${language}`, () => {
      const known = said(language)
      const guides = readdirSync(`${ROOT}docs/guides`).filter(file => file.endsWith(`.${language}.md`))
      const wrong = guides.flatMap(file =>
        labels(readFileSync(`${ROOT}docs/guides/${file}`, 'utf8'))
          .filter(label => !known.some(text => text.test(label)))
          .map(label => `${file}: ${label}`),
      )
      none(wrong)
    })

  it('exist in both languages', () => {
    const names = (language: string) =>
      readdirSync(`${ROOT}docs/guides`)
        .filter(file => file.endsWith(`.${language}.md`))
        .map(file => file.replace(`.${language}.md`, ''))
    none(names('en').filter(name => !names('ru').includes(name)))
    none(names('ru').filter(name => !names('en').includes(name)))
  })

  it('show pictures that are there, in their own language, and say in words what is on them', () => {
    const shown = documents().flatMap(({ name, text }) =>
      [...text.matchAll(/!\[([^\]]*)\]\(([^)]+)\)/g)].map(([, words, path]) => ({ name, words: words!, path: path! })),
    )
    const kept = readdirSync(`${ROOT}docs/pictures`)
    none(shown.filter(({ path }) => !kept.includes(basename(path))).map(({ name, path }) => `${name}: ${path}`))
    none(kept.filter(file => !shown.some(({ path }) => basename(path) === file)))
    none(shown.filter(({ words }) => words.split(' ').length < 3).map(({ path }) => path))
    for (const language of ['en', 'ru'])
      none(
        shown
          .filter(({ name, path }) => name.endsWith(`.${language}.md`) && !path.endsWith(`-${language}.png`))
          .map(({ name, path }) => `${name}: ${path}`),
      )
  })

  it('show pictures that one command takes again, small enough for a slow line', () => {
    const kept = readdirSync(`${ROOT}docs/pictures`)
    expect(kept.toSorted()).to.deep.equal(PICTURES.map(({ name }) => `${name}.png`).toSorted())
    const sizes = kept.map(file => statSync(`${ROOT}docs/pictures/${file}`).size)
    expect(Math.max(...sizes)).to.be.below(80_000)
    expect(sizes.reduce((sum, size) => sum + size, 0)).to.be.below(500_000)
  })
})

/** README and the guides. */
const documents = () =>
  ['README.md', ...readdirSync(`${ROOT}docs/guides`).map(file => `docs/guides/${file}`)].map(name => ({
    name,
    text: readFileSync(`${ROOT}${name}`, 'utf8'),
  }))
