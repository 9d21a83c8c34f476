import { one, sql } from '../../../lib/db.ts'
import { record } from '../../audit.ts'
import type { ModuleContent } from '../content.ts'
import type { Deed, Loading as Asked } from '../loading.ts'
import { publishModuleVersion } from '../publishing.ts'
import type { Words } from '../shapes.ts'
import { dropBriefs } from './assignment.ts'
import { type Kept, keepEdited } from './edited.ts'
import { loadItems } from './items.ts'
import { nextNumber, type VersionNumber, type Version, versionsOf } from './numbers.ts'
import { insertCourseVersion, insertModuleVersion } from './versions.ts'

/** How to load; `testTitle` is what a module's test is called. */
export type Loading = Asked & { testTitle: Words }

/** Ids of a module and of the course of its own code. */
export type Place = { moduleId: string; courseId: string }

/** Finds or makes the module and its course, at their place in the order of the curriculum. */
export async function placeModule(code: string, position: number): Promise<Place> {
  const module = await one<{ id: string }>(
    'curriculum.module',
    `insert into modules (code, position) values ($1, $2)
     on conflict (code) do update set position = excluded.position returning id`,
    [code, position],
  )
  const course = await one<{ id: string }>(
    'curriculum.course',
    `insert into courses (code, kind, module_id, position) values ($1, $2, $3, $4)
     on conflict (code) do update set position = excluded.position returning id`,
    [code, code === 'RMC-TOT' ? 'tot' : 'module', module!.id, position],
  )
  return { moduleId: module!.id, courseId: course!.id }
}

/**
 * Proposes a version of a module when its files say something new. A proposal that nobody touched gives way to the new
 * one; published versions, and proposals edited in the platform, stay, and their edited parts are taken over.
 */
export async function loadModule(place: Place, content: ModuleContent, loading: Loading): Promise<Deed> {
  let versions = await versionsOf(place)
  const before = versions[0]
  const kept = await keepEdited(place, before, content)
  const finish = (deed: Deed['deed'], { major, minor }: VersionNumber) => ({
    code: content.card.code,
    deed,
    version: `${major}.${minor}`,
    leftAlone: kept.leftAlone,
  })
  if (isLoaded(versions, content)) return finish(await publishNewest(before!, 'unchanged', loading), before!)
  versions = await dropProposals(versions)
  const newest = versions[0]
  if (newest && isLoaded(versions, content)) {
    await loadItems(place, content, kept)
    return finish(await publishNewest(newest, 'withdrawn', loading), newest)
  }
  const version = await propose(place, content, kept, versions, loading)
  return finish(await publishNewest(version, 'proposed', loading), version)
}

async function propose(place: Place, content: ModuleContent, kept: Kept, versions: Version[], loading: Loading) {
  const { actor, testTitle } = loading
  const number = await nextNumber(place, versions[0], content)
  const made = await insertModuleVersion(place, number, content, kept)
  await loadItems(place, content, kept)
  // Items made or edited in the platform stay in use although no file holds them.
  const items = [...new Set([...content.rules.items, ...kept.items])].toSorted()
  await insertCourseVersion(place, number, { ...content, rules: { ...content.rules, items } }, made, testTitle)
  const details = { code: content.card.code, version: `${number.major}.${number.minor}`, leftAlone: kept.leftAlone }
  await record(actor, 'module.proposed', 'module_version', made.id, details)
  return { ...number, id: made.id, published: false }
}

/** Whether the newest version, or the newest that came from files alone, was made from files like these. */
function isLoaded(versions: Version[], { hash }: ModuleContent) {
  return [versions[0], versions.find(version => version.origin === 'file')].some(version => version?.hash === hash)
}

/** Forgets the proposals that may give way; returns the versions that stay. */
export async function dropProposals(versions: Version[]): Promise<Version[]> {
  const dropped = versions.filter(version => version.replaceable)
  for (const { id } of dropped) {
    await dropBriefs(id)
    await sql('curriculum.drop-course', 'delete from course_versions where module_version_id = $1', [id])
    await sql(
      'curriculum.drop-texts',
      `delete from texts where owner_kind = 'lesson_version'
         and owner_id in (select id from lesson_versions where module_version_id = $1)`,
      [id],
    )
    await sql('curriculum.drop-module', 'delete from module_versions where id = $1', [id])
  }
  return versions.filter(version => !version.replaceable)
}

async function publishNewest(version: { id: string; published: boolean }, otherwise: Deed['deed'], loading: Asked) {
  if (!loading.publish || version.published) return otherwise
  await publishModuleVersion(version.id, loading.actor)
  return 'published'
}
