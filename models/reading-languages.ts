import { one, sql } from '../lib/db.ts'
import type { Actor } from './actor.ts'
import { agreedAmong, type WorkingLanguage } from './official-languages.ts'
import { Refused } from './refused.ts'

/**
 * In which language somebody reads lessons: the one they chose among those agreed for the training (null: that of the
 * page), and all that a text is looked for in, the first that it has being shown.
 */
export type Reading = { chosen: string | null; languages: string[] }

type Terms = { languages: string[]; fallbackLanguage: WorkingLanguage }

/** Reading in the language of the page, else in English. */
export const readingAsPage = (lang: string): Reading => ({ chosen: null, languages: [lang, 'en'] })

/** How the actor reads the lessons of a training on a page in `lang`. What was chosen counts where it was agreed. */
export async function readingOf(actor: Actor, { languages, fallbackLanguage }: Terms, lang: string): Promise<Reading> {
  const agreed = agreedAmong(languages)
  if (!agreed.length) return readingAsPage(lang)
  const person = await one<{ language: string | null }>(
    'reading.language',
    'select reading_language as language from people where id = $1',
    [actor.id],
  )
  const chosen = agreed.find(language => language === person?.language)
  return chosen ? { chosen, languages: [chosen, fallbackLanguage, 'en'] } : readingAsPage(lang)
}

/**
 * Keeps in which language the actor reads lessons, for every training that has it; `null` or a working language: in that
 * of the pages. @throws Refused 'lessons.language' where it was not agreed for this training
 */
export async function chooseReadingLanguage(actor: Actor, { languages }: Pick<Terms, 'languages'>, language: string) {
  const agreed = agreedAmong(languages)
  if (language && !agreed.includes(language)) throw new Refused('lessons.language')
  await sql('reading.choose', 'update people set reading_language = $2 where id = $1', [actor.id, language || null])
}

/** What a course is for, in a language agreed for a training: fields of its card by their names. */
export type CardIn = { language: string; texts: Record<string, string> }

/** The reviewed cards of a course's module in the languages agreed for a training; none where no language was agreed. */
export async function cardsIn(courseVersionId: string, languages: string[]): Promise<CardIn[]> {
  const agreed = agreedAmong(languages)
  if (!agreed.length) return []
  return sql<CardIn>(
    'reading.cards',
    `select x.language, jsonb_object_agg(x.field, x.body) as texts
     from course_versions c join module_versions began on began.id = c.module_version_id
     join lateral (select id from module_versions m where m.module_id = began.module_id and m.major = began.major
       and (m.id = began.id or (m.published_at is not null and m.minor > began.minor)) order by m.minor desc limit 1) v on true
     join texts x on x.owner_kind = 'module_version' and x.owner_id = v.id and x.language = any ($2)
     where c.id = $1 group by x.language order by x.language`,
    [courseVersionId, agreed],
  )
}
