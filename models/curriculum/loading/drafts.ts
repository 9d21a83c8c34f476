import { one, sql } from '../../../lib/db.ts'
import type { Words } from '../../course.ts'
import type { ModuleContent } from '../content.ts'
import { testTitle } from '../own-words.ts'
import { publishModuleVersion } from '../publishing.ts'
import { type Kept, keepEdited } from './edited.ts'
import { dropProposals, type Place } from './module.ts'
import { nextNumber, type VersionNumber, versionsOf } from './numbers.ts'
import { insertCourseVersion, insertModuleVersion } from './versions.ts'

/** What was edited in the platform: the lessons that drafts changed, and whether outcomes, questions or rules did. */
export type Edition = { lessons: string[]; major: boolean; note: Words | null }

type Published = { id: string; version: string }

/**
 * Puts edited content in force as the next version of its module and of its course. What was edited here carries the
 * origin `platform`, so that files never write over it. A proposal from files that nobody touched gives way: the files
 * propose it again, over what stands here.
 */
export async function publishEdited(
  actor: { id: string | null },
  content: ModuleContent,
  edition: Edition,
): Promise<Published> {
  const place = await placeOf(content.card.code)
  const [newest] = await dropProposals(await versionsOf(place))
  const kept = await keepEdited(place, newest, content)
  const { module, course } = await numbersOf(place, newest!, edition.major)
  const made = await insertModuleVersion(place, module, content, editedIn(content, kept, edition))
  await insertCourseVersion(place, course, content, made, testTitle())
  if (edition.note)
    await sql('curriculum.note', 'update module_versions set note = $2 where id = $1', [
      made.id,
      JSON.stringify(edition.note),
    ])
  await publishModuleVersion(made.id, actor)
  return { id: made.id, version: `${course.major}.${course.minor}` }
}

async function placeOf(code: string): Promise<Place> {
  const place = await one<Place>(
    'curriculum.place',
    `select m.id as "moduleId", c.id as "courseId" from modules m join courses c on c.module_id = m.id and c.code = m.code
     where m.code = $1`,
    [code],
  )
  return place!
}

// A correction keeps the module's own major, also where the course went on to another one with new questions.
async function numbersOf(place: Place, newest: VersionNumber & { rulesHash: string }, major: boolean) {
  const rulesHash = major ? '' : newest.rulesHash
  const course = await nextNumber(place, newest, { rulesHash, card: { version: '1.0' } })
  return { course, module: major ? course : { major: newest.major, minor: newest.minor + 1 } }
}

function editedIn({ card, lessons }: ModuleContent, before: Kept, { lessons: edited }: Edition): Kept {
  const isEdited = (lesson: string, language: string) =>
    edited.includes(lesson) || before.texts.some(text => text.lesson === lesson && text.language === language)
  return {
    card: { title: card.title, aim: card.aim, audience: card.audience, summary: card.assessment.summary },
    texts: lessons.flatMap(({ code, texts }) =>
      texts.filter(({ language }) => isEdited(code, language)).map(text => ({ lesson: code, ...text })),
    ),
    items: before.items,
    leftAlone: [],
  }
}
