import { sql } from '../../lib/db.ts'
import type { Actor } from '../../models/actor.ts'
import type { Words } from '../../models/course.ts'
import { publishedPiece } from '../../models/curriculum/drafted.ts'
import { writtenCurriculum } from '../../models/curriculum/exporting.ts'
import { loadCurriculum } from '../../models/curriculum/loading.ts'
import { partHash, pieceOf } from '../../models/curriculum/pieces.ts'
import { type Draft, type DraftPart, liveDraft, type PartName, partsOfDraft } from '../../models/draft.ts'
import { beginDraft, saveDraft } from '../../models/drafting.ts'
import { seenParts, stepDraft } from '../../models/reviewing-drafts.ts'
import { writeExample } from '../curriculum/example.ts'
import { theHouse } from './app.ts'
import { aPerson, asActor } from './people.ts'

/** The example's curriculum in force: RMC-01 with a lesson, a test and a planned lesson; RMC-02 in preparation. */
export async function anExample(changed: { [file: string]: string | Buffer } = {}) {
  const uploads = theHouse().config.uploadsDir
  const { problems } = await loadCurriculum(writeExample(changed), { publish: true, actor: null, uploads })
  if (problems.length) throw new Error(`${problems[0]!.file}: ${problems[0]!.message}`)
}

/** Two editors and two translators: nobody reviews their own words. */
export async function aWorkshop() {
  const someone = async (name: string, role: 'content_editor' | 'translator') => {
    const person = await aPerson({
      name,
      email: `${name.split(' ')[0]!.toLowerCase()}@rtcm.example`,
      grants: [{ role }],
    })
    return { ...person, actor: await asActor(person) }
  }
  return {
    editor: await someone('Nigar Huseynova', 'content_editor'),
    reviewer: await someone('Timur Bekov', 'content_editor'),
    translator: await someone('Olga Pak', 'translator'),
    second: await someone('Farhod Nazarov', 'translator'),
  }
}

export type Workshop = Awaited<ReturnType<typeof aWorkshop>>

/** A live draft of a piece, begun when there is none. */
export async function aDraft(actor: Actor, name: string): Promise<Draft> {
  const piece = pieceOf(name)!
  await beginDraft(actor, piece, publishedPiece(await writtenCurriculum(), piece)!)
  return (await liveDraft(piece.kind, piece.code))!
}

/** One part of a draft as it stands. */
export const partOf = async (draft: Draft, part: PartName): Promise<DraftPart> =>
  (await partsOfDraft(draft.id)).find(each => each.part === part)!

/** What tests change in a part: the text of a lesson, the entries of a card. */
type Changing = { body: string; lessons: object[]; outcomes: { text: Words }[] }

/** Changes one part as somebody who has its newest revision before their eyes. */
export async function rewrite(actor: Actor, draft: Draft, part: PartName, change: (content: Changing) => object) {
  const { content, revision } = await partOf(draft, part)
  const seen = { revision, hash: partHash(content) }
  return saveDraft(actor, draft.id, [{ part, content: { ...content, ...change(content as Changing) }, seen }])
}

/** Takes a draft through its reviews. */
export async function review(draft: Draft, { editor, reviewer, translator, second }: Workshop) {
  const seen = async () => seenParts(await partsOfDraft(draft.id))
  await stepDraft(editor.actor, draft.id, 'send', await seen())
  await stepDraft(reviewer.actor, draft.id, 'approve', await seen())
  await stepDraft(translator.actor, draft.id, 'translated', await seen())
  await stepDraft(second.actor, draft.id, 'reviewed', await seen())
}

/** Somebody learns RMC-01 as it is in force; returns the code of the training. */
export async function aPlace(personId: string) {
  const at = '2026-11-01T00:00:00Z'
  const rows = await sql<{ code: string }>(
    null,
    `with t as (insert into trainings (code, course_id, course_version_id, format, zone, languages, enrollment_mode, hours,
         status, created_at)
       select 'RMC-01-T1', c.id, v.id, 'self_paced', 'Asia/Baku', '{en,ru}', 'open', v.hours, 'running', $2 from courses c
       join course_versions v on v.course_id = c.id where c.code = 'RMC-01' returning id, course_version_id, code),
     e as (insert into enrollments (training_id, person_id, course_version_id, source, status, sex, created_at)
       select t.id, $1, t.course_version_id, 'self', 'enrolled', 'woman', $2 from t)
     select code from t`,
    [personId, at],
  )
  return rows[0]!.code
}
