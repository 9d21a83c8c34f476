import type { Request } from 'express'
import { LEVELS } from '../../models/expecting.ts'
import type { PreWork } from '../../models/pre-work.ts'
import type { InRoom, RoomCount } from '../../models/room.ts'
import { languageName } from './languages.ts'
import { askedBefore, preWorkLine } from './pre-work.ts'
import { headOf, type Taught } from './taught.ts'
import { wordsIn } from './words.ts'

type Room = {
  counts: RoomCount[]
  people: InRoom[] | null
  /** By enrollment; null for those who see none. */
  preWork: Map<string, PreWork> | null
  /** Whether the reader gives people more time. */
  givesTime: boolean
  next: string | null
  isFirst: boolean
}

/** Who will be in the room: in numbers with words, then one by one for those who lead the sessions. */
export function roomPage(req: Request, training: Taught, room: Room) {
  const { counts, people, preWork, givesTime, next, isFirst } = room
  const total = counts.reduce((sum, { n }) => sum + n, 0)
  const href = `/${req.lang}/teaching/${training.code}/room`
  return {
    ...headOf(req, training),
    total,
    groups: total ? groupsOf(req, counts) : [],
    people: people?.map(each => ({ ...personLine(req, each), done: preWorkLine(req, preWork?.get(each.id)) })) ?? null,
    asks: askedBefore([...(preWork?.values() ?? [])]),
    givesTime,
    first: isFirst ? null : href,
    more: next ? `${href}?after=${next}` : null,
  }
}

function groupsOf(req: Request, counts: RoomCount[]) {
  const { t } = req
  const group = (key: string, labelOf: (row: RoomCount) => string, order?: string[]) => {
    const sums = new Map<string, number>()
    for (const row of counts) sums.set(labelOf(row), (sums.get(labelOf(row)) ?? 0) + row.n)
    const rows = [...sums].map(([label, count]) => ({ label, count }))
    const place = ({ label }: { label: string }) => order?.indexOf(label) ?? 0
    return {
      title: t(`teaching.room.by.${key}`),
      rows: rows.sort((a, b) => place(a) - place(b) || b.count - a.count || a.label.localeCompare(b.label, req.lang)),
    }
  }
  const level = (value: string | null) => levelOf(req, value) ?? t('teaching.room.unsaid')
  return [
    group('country', row => countryOf(req, row) || row.organization || t('teaching.room.unsaid')),
    group('agency', row => agencyOf(req, row) || t('teaching.room.unsaid')),
    group('language', row => languageName(row.locale, req.lang)),
    group('level', row => level(row.level), [...LEVELS.map(level), level(null)]),
  ]
}

function personLine(req: Request, person: InRoom) {
  return {
    id: person.id,
    name: wordsIn(person.name, req.lang),
    country: countryOf(req, person),
    agency: agencyOf(req, person),
    language: languageName(person.locale, req.lang),
    level: levelOf(req, person.level),
    expectations: person.expectations,
  }
}

/** A level in words that fit one person and a count of them. */
const levelOf = (req: Request, level: string | null) => (level ? req.t(`teaching.room.levels.${level}`) : null)

const agencyOf = (req: Request, { agencyType }: { agencyType: string | null }) =>
  agencyType ? req.t(`people.agencyTypes.${agencyType}`) : ''

/** The State by its name in the Declaration, another country by its usual one. */
function countryOf(req: Request, { country, countryName }: Pick<InRoom, 'country' | 'countryName'>): string {
  if (countryName) return wordsIn(countryName, req.lang)
  if (!country) return ''
  return new Intl.DisplayNames(req.lang === 'ar-xb' ? 'en' : req.lang, { type: 'region' }).of(country) ?? country
}
