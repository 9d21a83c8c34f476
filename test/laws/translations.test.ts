import { expect } from 'chai'
import { files, line, none, places, read } from './tree.ts'

type Texts = Map<string, string>

const codes = [...new Set(files('locales', '.json').map(path => path.split('/')[1]!))]
const texts = new Map(codes.map(code => [code, textsOf(code)]))
const nouns = new Set(files('locales/en', '.json').map(path => path.split('/').at(-1)!.replace('.json', '')))
const bases = new Map(codes.map(code => [code, Map.groupBy(texts.get(code)!.keys(), baseOf)]))
const english = bases.get('en')!

// Code that speaks in keys: all of it but the tests.
const speakers = ['server', 'routes', 'models', 'lib', 'views'].flatMap(folder => files(folder, '.ts', '.ejs'))
const spoken = new Map(speakers.map(path => [path, read(path)]))

/** Texts read by other means than a key written out in code: a beginning, and who reads it. */
const readOtherwise: Record<string, string> = {
  'language.': 'lib/i18n.ts reads each language its name, tag and direction',
}

describe('law: translations', () => {
  it('there is English and Russian, and every language has the same files', () => {
    expect(codes).to.include.members(['en', 'ru'])
    for (const code of codes) expect(namesOf(code), code).to.deep.equal(namesOf('en'))
  })

  for (const code of codes) {
    it(`${code}: the same keys as English`, () => {
      const own = bases.get(code)!
      const missing = [...english.keys()].filter(key => !own.has(key))
      const extra = [...own.keys()].filter(key => !english.has(key))
      expect({ missing, extra }).to.deep.equal({ missing: [], extra: [] })
    })

    it(`${code}: every plural has the forms of its language`, () => {
      const wanted = new Intl.PluralRules(code).resolvedOptions().pluralCategories.toSorted()
      const wrong = [...bases.get(code)!]
        .filter(([, forms]) => forms.some(isPlural))
        .map(([base, forms]) => ({ base, forms: forms.map(key => key.slice(base.length + 1)).toSorted() }))
        .filter(({ forms }) => forms.join() !== wanted.join())
      none(wrong, `forms: ${wanted.join(', ')}`)
    })

    it(`${code}: the same values are put in as in English`, () => {
      const differing = [...bases.get(code)!]
        .filter(([base]) => english.has(base))
        .map(([base, keys]) => ({ base, here: valuesIn(code, keys), english: valuesIn('en', english.get(base)!) }))
        .filter(({ here, english }) => here !== english)
      none(differing)
    })

    it(`${code}: no text is empty, and none holds markup`, () => {
      const wrong = [...texts.get(code)!].filter(([, text]) => text.trim() === '' || /<[a-z/][^>]*>/i.test(text))
      none(wrong)
    })
  }

  it('no Latin letter hides inside a Cyrillic word, nor a Cyrillic one inside a Latin word', () => {
    const mixed = /\p{Script=Cyrillic}\p{Script=Latin}|\p{Script=Latin}\p{Script=Cyrillic}/u
    const found = codes.flatMap(code => [...texts.get(code)!].filter(([, text]) => mixed.test(text)))
    none(found)
  })

  it('every key that code names exists', () => {
    const missing = said().filter(({ pattern }) => ![...english.keys()].some(key => pattern.test(key)))
    none(missing.map(({ where, key }) => `${where} ${key}`))
  })

  it('every reason of a refusal has its words', () => {
    const reasons = /(?:new Refused\(\s*|ok: false,\s*reason: )'([\w.]+)'/g
    const silent = [...spoken].flatMap(([path, source]) =>
      [...source.matchAll(reasons)]
        .filter(([, reason]) => !english.has(`refusals.${reason}`))
        .map(hit => `${path}:${line(source, hit.index)} refusals.${hit[1]}`),
    )
    none(silent)
  })

  it('every text is used', () => {
    const patterns = mentioned()
    const idle = [...english.keys()].filter(
      key => !Object.keys(readOtherwise).some(start => key.startsWith(start)) && !patterns.some(each => each.test(key)),
    )
    none(idle)
  })

  it('views hold no words of their own', () => {
    // Between two tags, or in an attribute that is read out: letters that no expression printed.
    const views = files('views', '.ejs').filter(path => !path.startsWith('views/layout/mark'))
    const bare = /(?<=>)[^<>]*\p{L}{2,}[^<>]*(?=<)|\s(?:aria-label|title|alt|placeholder)="[^"]*\p{L}{2,}[^"]*"/gu
    const withoutCode = (path: string) =>
      read(path).replace(/<%[\s\S]*?%>|<!--[\s\S]*?-->/g, code => code.replace(/[^\n]/g, ' '))
    none(places(views, bare, withoutCode))
  })
})

function namesOf(code: string): string[] {
  return files(`locales/${code}`, '.json').map(path => path.split('/').slice(2).join('/'))
}

function textsOf(code: string): Texts {
  const flat: Texts = new Map()
  const add = (key: string, value: unknown) => {
    if (typeof value === 'string') flat.set(key, value)
    else for (const [name, inner] of Object.entries(value as object)) add(`${key}.${name}`, inner)
  }
  for (const path of files(`locales/${code}`, '.json'))
    add(path.split('/').at(-1)!.slice(0, -5), JSON.parse(read(path)))
  return flat
}

function isPlural(key: string): boolean {
  return /_(zero|one|two|few|many|other)$/.test(key)
}

function baseOf(key: string): string {
  return isPlural(key) ? key.replace(/_[a-z]+$/, '') : key
}

/** What the forms of a text ask to be put in. A form may do without its count: "one place". */
function valuesIn(code: string, keys: string[]): string {
  const names = keys.flatMap(key =>
    [
      ...texts
        .get(code)!
        .get(key)!
        .matchAll(/\{\{-?\s*(\w+)[^}]*\}\}/g),
    ].map(hit => hit[1]!),
  )
  return [...new Set(names)]
    .filter(name => !(keys.some(isPlural) && name === 'count'))
    .toSorted()
    .join(', ')
}

/** Keys that are surely meant as keys: the argument of t(), and messages of forms. */
function said(): { where: string; key: string; pattern: RegExp }[] {
  const inForms = new RegExp(`'((?:${[...nouns].join('|')})(?:\\.\\w+)+)'`, 'g')
  return [...spoken].flatMap(([path, source]) => {
    const patterns = [/\bt\(\s*(['"`])((?:(?!\1).)+)\1/g, ...(path.startsWith('routes/forms/') ? [inForms] : [])]
    return patterns
      .flatMap(pattern => [...source.matchAll(pattern)])
      .map(hit => ({ where: `${path}:${line(source, hit.index)}`, key: hit[2] ?? hit[1]! }))
      .map(found => ({ ...found, pattern: standsFor(found.key) }))
  })
}

/** Whatever in the code looks like a key that begins with one of our nouns, in a call of t() or on its way to one. */
function mentioned(): RegExp[] {
  const key = new RegExp(`(['"\`])((?:${[...nouns].join('|')})\\.(?:(?!\\1).)*)\\1`, 'g')
  return [...spoken.values()].flatMap(source => [...source.matchAll(key)].map(hit => standsFor(hit[2]!)))
}

/** `a.${b}.c` and `'a.' + b` stand for any b. */
function standsFor(key: string): RegExp {
  const parts = key.split(/\$\{[^}]*\}/).map(part => RegExp.escape(part))
  return new RegExp(`^${parts.join('.+')}${key.endsWith('.') ? '.+' : ''}$`)
}
