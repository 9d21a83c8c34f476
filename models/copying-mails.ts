import { dateInWords } from '../lib/dates.ts'
import { sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import type { DayMap } from './copy-plan.ts'
import type { Words } from './course.ts'

/**
 * Mails to the groups of a training become drafts of its copy, whether they were sent or not. Days of the training that
 * their texts name, and its code, become those of the copy.
 * @returns how many
 */
export async function copyMails(
  actor: Actor,
  source: { id: string; code: string },
  copy: { id: string; code: string },
  days: DayMap,
): Promise<number> {
  const mails = await sql<{ audience: string; subject: Words; body: Words }>(
    'copying-mails.read',
    'select audience, subject, body from bulk_mails where training_id = $1 order by id limit 100',
    [source.id],
  )
  const moved = (words: Words) => ({
    en: movedText(words.en, 'en', days, source.code, copy.code),
    ru: movedText(words.ru, 'ru', days, source.code, copy.code),
  })
  for (const { audience, subject, body } of mails)
    await sql(
      'copying-mails.add',
      `insert into bulk_mails (training_id, audience, subject, body, created_by, created_at) values ($1, $2, $3, $4, $5, $6)`,
      [copy.id, audience, JSON.stringify(moved(subject)), JSON.stringify(moved(body)), actor.id, now()],
    )
  return mails.length
}

/** A text with the days of one training, as people write them, and its code put into those of its copy. */
export function movedText(text: string, lang: 'en' | 'ru', days: DayMap, code: string, newCode: string): string {
  const swaps = new Map<string, string>([[code, newCode]])
  for (const [from, to] of days)
    for (const [index, form] of formsOf(from, lang).entries()) swaps.set(form, formsOf(to, lang)[index]!)
  // The longest first: "1 March 2027" before "1 March". A number that goes on ("11 March") is another day.
  const all = [...swaps.keys()].sort((a, b) => b.length - a.length).map(escaped)
  return text.replace(
    new RegExp(`(?<![\\p{L}\\p{N}-])(?:${all.join('|')})(?![\\p{L}\\p{N}])`, 'gu'),
    found => swaps.get(found)!,
  )
}

function formsOf(date: string, lang: 'en' | 'ru'): string[] {
  const { year, month, day } = Temporal.PlainDate.from(date)
  const two = (n: number) => String(n).padStart(2, '0')
  const inWords = (style: 'date' | 'weekday') => dateInWords(date, lang, 'UTC', style).replace(/\u00a0/g, ' ')
  const long = inWords('date')
  return [
    inWords('weekday'),
    ...(lang === 'ru' ? [inWords('weekday').replace(/ г\.$/, '')] : []),
    long,
    ...(lang === 'ru' ? [long.replace(/ г\.$/, '')] : []),
    long.replace(new RegExp(` ${year}(?: г\\.)?$`), ''),
    date,
    `${two(day)}.${two(month)}.${year}`,
    `${two(day)}/${two(month)}/${year}`,
  ]
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
