import { inTransaction, sql } from '../lib/db.ts'
import type { Actor } from './actor.ts'
import { builtOtherwise } from './curriculum/checking/build.ts'
import { hashOf } from './curriculum/content.ts'
import { writtenModuleOf } from './curriculum/exporting.ts'
import { translator } from './curriculum/own-words.ts'
import { rendered } from './curriculum/rendering.ts'
import { mayStepRendition, type RenditionStep } from './policies/rendition.ts'
import { insist, Refused } from './refused.ts'
import { isStale, lacksIn, type Rendition } from './rendition.ts'
import { endTranslations, type Place } from './translating.ts'
import { lockRendition, moveRendition } from './writing-renditions.ts'

const TO = { translated: 'translated', reviewed: 'reviewed', returned: 'in_work' } as const

/** A text as readers get it. */
export type Released = { html: string; sourceIds: string[] }

/**
 * Takes a text of another language one step on: its translator says that it is done, somebody else that it is right, or
 * sends it back with a reason. What is right is read from now on by those who chose the language.
 * @param seen the revision the actor had before their eyes
 * @throws Refused by `mayStepRendition`, 'drafts.changed', 'renditions.incomplete', 'renditions.built.…', 'renditions.englishChanged'
 */
export async function stepRendition(
  actor: Actor,
  place: Place,
  step: RenditionStep,
  { seen, reason = null }: { seen: number; reason?: string | null },
): Promise<void> {
  const written = await writtenModuleOf(place.module)
  await inTransaction(async () => {
    const standing = await lockRendition(place)
    insist(mayStepRendition(actor, step, standing))
    if (standing.revision !== seen) throw new Refused('drafts.changed')
    if (step === 'translated') await sourced(standing)
    if (step === 'reviewed') await release(actor, standing, renderedIn(place.module, written, standing.text.body))
    await moveRendition(actor, standing, TO[step], { deed: step, reason })
  })
}

/** A text in an agreed language as readers get it: the platform's own words in it (names of blocks, diagrams) are English. */
export function renderedIn(
  code: string,
  written: Awaited<ReturnType<typeof writtenModuleOf>>,
  body: string | undefined,
): Released {
  if (body === undefined) return { html: '', sourceIds: [] }
  const { diagrams, files } = written!
  return rendered({ code, diagrams, files }, body, translator('en'), 'en')
}

async function sourced({ kind, code, language, en, text }: Rendition) {
  if (lacksIn(en, text).length) throw new Refused('renditions.incomplete')
  const [otherwise] = builtOtherwise(en.body ?? '', text.body ?? '')
  if (otherwise) throw new Refused(`renditions.built.${otherwise.what}`, { field: 'body', ...otherwise })
  await sql('renditions.sourced', 'update renditions set source = $4 where kind = $1 and code = $2 and language = $3', [
    ...[kind, code, language],
    JSON.stringify(en),
  ])
}

async function release(actor: Actor, standing: Rendition, { html, sourceIds }: Released) {
  if (isStale(standing.source!, standing.en)) throw new Refused('renditions.englishChanged')
  const { kind, code, language, en, text } = standing
  const fields = Object.keys(text)
  await sql('renditions.release', RELEASE, [
    ...[kind, code, en.body ?? null, language, fields, fields.map(field => text[field])],
    ...[fields.map(field => hashOf(en[field])), html, sourceIds, actor.id],
  ])
  await endTranslations(standing, language)
}

// Words of the glossary are read where they stand. A lesson: every version with the same English, so that who began earlier reads it too. A card: its major version.
const OWNERS = `select 'lesson_version' as kind, v.id from lesson_versions v join lessons l on l.id = v.lesson_id
    join module_versions m on m.id = v.module_version_id and m.published_at is not null
    join texts e on e.owner_kind = 'lesson_version' and e.owner_id = v.id and e.field = 'body' and e.language = 'en'
    where $1 = 'lesson' and l.code = $2 and e.body = $3
  union all select 'module_version', v.id from module_versions v join modules m on m.id = v.module_id
    where $1 = 'card' and m.code = $2 and v.published_at is not null and v.major = (select max(major)
      from module_versions where module_id = m.id and published_at is not null)`

const RELEASE = `insert into texts (owner_kind, owner_id, field, language, body, html, source_ids, status, source_hash,
    origin, reviewer_id)
  select o.kind, o.id, f.field, $4, f.body, case when f.field = 'body' then $8 else '' end,
    case when f.field = 'body' then $9::text[] else '{}' end, 'reviewed', f.source_hash, 'platform', $10
  from (${OWNERS}) o, unnest($5::text[], $6::text[], $7::text[]) f (field, body, source_hash)
  on conflict (owner_kind, owner_id, field, language) do update set body = excluded.body, html = excluded.html,
    source_ids = excluded.source_ids, source_hash = excluded.source_hash, reviewer_id = excluded.reviewer_id`
