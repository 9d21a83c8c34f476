import type { Request } from 'express'
import { numberIn } from '../../lib/numbers.ts'
import type { CatalogEntry, CourseCard } from '../../models/catalog.ts'
import type { Prerequisite } from '../../models/offering.ts'
import { languageName, languageNames } from './languages.ts'
import { wordsIn } from './words.ts'

const FACETS = ['theme', 'level', 'language', 'format'] as const
type Facet = (typeof FACETS)[number]
export type Choice = Partial<Record<Facet, string>>

const VALUES: Record<Facet, (entry: CatalogEntry) => string[]> = {
  theme: entry => [entry.theme],
  level: entry => [entry.level],
  language: entry => entry.languages,
  format: entry => entry.formats,
}

const LEVELS = ['foundation', 'intermediate', 'advanced']
const FORMATS = ['self_paced', 'live_online', 'on_site', 'blended']

/** The page of the catalog: what was chosen narrows the list; every filter says how many courses it leads to. */
export function catalogPage(req: Request, entries: CatalogEntry[], q: string) {
  const choice = choiceOf(req, entries)
  const shown = entries.filter(entry => fits(entry, choice))
  const chosen = FACETS.filter(facet => choice[facet])
  return {
    q,
    entries: shown.map(entry => entryLine(entry, req)),
    count: shown.length,
    kept: chosen.map(facet => ({ name: facet, value: choice[facet]! })),
    filters: FACETS.map(facet => group(req, entries, choice, facet, q)).filter(each => each.items.length > 1),
    clear: address(req, {}, q),
    clearAll: address(req, {}, ''),
    narrowed: chosen.length > 0 || q !== '',
  }
}

// A value nobody has is no choice: an old link shows more, never an error.
function choiceOf(req: Request, entries: CatalogEntry[]): Choice {
  const choice: Choice = {}
  for (const facet of FACETS) {
    const value = req.query[facet]
    if (typeof value !== 'string') continue
    const known = facet === 'level' ? LEVELS : facet === 'format' ? FORMATS : entries.flatMap(VALUES[facet])
    if (known.includes(value) || (entries.length === 0 && /^[\w-]{1,40}$/.test(value))) choice[facet] = value
  }
  return choice
}

const fits = (entry: CatalogEntry, choice: Choice, except?: Facet) =>
  FACETS.every(facet => facet === except || !choice[facet] || VALUES[facet](entry).includes(choice[facet]))

function group(req: Request, entries: CatalogEntry[], choice: Choice, facet: Facet, q: string) {
  const open = entries.filter(entry => fits(entry, choice, facet))
  const values = [...new Set(entries.flatMap(VALUES[facet]))].toSorted(inOrder(facet, entries))
  const item = (value: string) => ({
    label: label(req, facet, value, entries),
    href: address(req, { ...choice, [facet]: value }, q),
    count: open.filter(entry => VALUES[facet](entry).includes(value)).length,
    current: choice[facet] === value,
  })
  const { [facet]: _, ...without } = choice
  const all = {
    label: req.t('components.filters.all'),
    href: address(req, without, q),
    all: true,
    current: !choice[facet],
  }
  return { title: req.t(`courses.filters.${facet}`), items: [all, ...values.map(item)] }
}

function inOrder(facet: Facet, entries: CatalogEntry[]) {
  const place = (value: string) =>
    facet === 'theme'
      ? (entries.find(entry => entry.theme === value)?.themePosition ?? 0)
      : facet === 'language'
        ? ['en', 'ru'].indexOf(value) + 1 || 9
        : (facet === 'level' ? LEVELS : FORMATS).indexOf(value)
  return (a: string, b: string) => place(a) - place(b) || a.localeCompare(b)
}

function label(req: Request, facet: Facet, value: string, entries: CatalogEntry[]): string {
  if (facet === 'theme') {
    const entry = entries.find(each => each.theme === value)
    return entry ? wordsIn(entry.themeName, req.lang) : value
  }
  if (facet === 'language') return languageName(value, req.lang)
  return req.t(`courses.${facet}s.${value}`)
}

function address(req: Request, choice: Choice, q: string): string {
  const query = new URLSearchParams()
  for (const facet of FACETS) if (choice[facet]) query.set(facet, choice[facet])
  if (q) query.set('q', q)
  return `/${req.lang}/courses${query.size ? `?${query}` : ''}`
}

function entryLine(entry: CatalogEntry, req: Request) {
  return {
    code: entry.code,
    href: `/${req.lang}/courses/${entry.code}`,
    title: wordsIn(entry.title, req.lang),
    aim: wordsIn(entry.aim, req.lang),
    audience: wordsIn(entry.audience, req.lang),
    hours: entry.hours,
    level: req.t(`courses.levels.${entry.level}`),
    languages: languageNames(entry.languages, req.lang),
    preparing: !entry.written && entry.formats.length === 0,
    anyTime: entry.anyTime,
    nextDate: entry.nextDate,
  }
}

/** The card of one course. */
export function coursePage(req: Request, card: CourseCard, prerequisites: Prerequisite[]) {
  const split = card.hoursSplit ?? {}
  const written = card.lessons.some(lesson => lesson.written)
  return {
    code: card.code,
    title: wordsIn(card.title, req.lang),
    aim: wordsIn(card.aim, req.lang),
    audience: wordsIn(card.audience, req.lang),
    theme: wordsIn(card.themeName, req.lang),
    themeHref: `/${req.lang}/courses?theme=${encodeURIComponent(card.theme)}`,
    level: req.t(`courses.levels.${card.level}`),
    hours: card.hours,
    clockHours: numberIn(req.lang, card.hours * 0.75),
    split: (['self_paced', 'live', 'applied'] as const)
      .filter(kind => split[kind])
      .map(kind => req.t(`courses.split.${kind}`, { count: split[kind] })),
    outcomes: card.outcomes.map(outcome => wordsIn(outcome.text, req.lang)),
    lessons: card.lessons.map(lesson => ({ ...lesson, title: wordsIn(lesson.title, req.lang) })),
    written,
    someUnwritten: written && card.lessons.some(lesson => !lesson.written),
    prerequisites: prerequisites.map(each => prerequisiteLine(req, each)),
    assessment: card.assessment ? wordsIn(card.assessment, req.lang) : null,
    certificate: certificateWords(req, card),
    version: card.version,
    publishedAt: card.publishedAt,
    notReviewed: req.lang === 'ru' && !card.ruReviewed,
    isCurriculum: card.kind === 'module' || card.kind === 'tot',
  }
}

export const prerequisiteLine = (req: Request, { code, title, met }: Prerequisite) => ({
  code,
  href: `/${req.lang}/courses/${code}`,
  title: wordsIn(title, req.lang),
  met: req.actor.signedIn ? met : null,
})

/** What the certificate asks for, line by line. */
function certificateWords(req: Request, { rules, test, lessons }: CourseCard): string[] {
  const lines = []
  if (lessons.some(lesson => lesson.written)) lines.push(req.t('courses.certificate.lessons'))
  if (rules.kind === 'achievement' && test)
    lines.push(req.t('courses.certificate.test', { percent: rules.passPercent ?? test.passPercent }))
  if (rules.evaluation) lines.push(req.t('courses.certificate.evaluation'))
  return lines
}
