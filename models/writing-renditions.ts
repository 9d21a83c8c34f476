import { inTransaction, one } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { record, transition } from './audit.ts'
import { partHash } from './curriculum/pieces.ts'
import { LONGEST } from './drafting.ts'
import { isClean } from './exchanging/checking.ts'
import { mayWrite } from './policies/draft.ts'
import { insist, Refused } from './refused.ts'
import { type Fields, type Rendition, renditionOf, type RenditionStatus } from './rendition.ts'
import { lockPlace, type Place } from './translating.ts'

/**
 * Saves what was typed into a text of another language. Where somebody else has saved another text since `seen`, nothing
 * is saved and `newer` is what stands there now. Readers keep what was reviewed until this is reviewed too.
 * @param seen the revision the typist began from
 * @throws Refused 'drafts.notYours', 'drafts.long', 'renditions.unclean', 'renditions.notAgreed'
 */
export const saveRendition = (
  actor: Actor,
  place: Place,
  { text, seen }: { text: Fields; seen: number },
): Promise<{ newer: Rendition | null }> =>
  inTransaction(async () => {
    insist(mayWrite(actor, 'ru'))
    const standing = await lockRendition(place)
    const typed = Object.fromEntries(Object.keys(standing.en).map(field => [field, text[field] ?? '']))
    if (partHash(typed) === partHash(standing.text)) return { newer: null }
    if (seen !== standing.revision) return { newer: standing }
    refuseUnfit(typed)
    const { id } = await put(actor, standing, typed)
    if (standing.stage !== 'in_work') await transition('rendition', id, standing.stage, 'in_work', actor)
    return { newer: null }
  })

/** Locks what stands for the piece and reads the text as it stands. @throws Refused 'renditions.notAgreed' */
export async function lockRendition(place: Place): Promise<Rendition> {
  await lockPlace(place)
  const standing = await renditionOf(place, place.language)
  if (!standing) throw new Refused('renditions.notAgreed')
  return standing
}

/** Moves a locked rendition on; it is written down. @returns its id */
export async function moveRendition(
  actor: Actor,
  { kind, code, language, stage }: Rendition,
  to: RenditionStatus,
  { deed, reason = null }: { deed: string; reason?: string | null },
) {
  const row = await one<{ id: string }>(
    'renditions.move',
    'update renditions set status = $4 where kind = $1 and code = $2 and language = $3 returning id',
    [kind, code, language, to],
  )
  await transition('rendition', row!.id, stage, to, actor, reason)
  await record(actor, `rendition.${deed}`, 'rendition', row!.id, {
    kind,
    code,
    language,
    ...(reason ? { reason } : {}),
  })
}

function refuseUnfit(text: Fields) {
  for (const [field, typed] of Object.entries(text)) {
    if (typed.length > LONGEST) throw new Refused('drafts.long', { field, most: LONGEST })
    if (!isClean(typed)) throw new Refused('renditions.unclean', { field })
  }
}

async function put(actor: Actor, { kind, code, language }: Rendition, text: Fields): Promise<{ id: string }> {
  const row = await one<{ id: string }>(
    'renditions.put',
    // Whoever writes after a review begins a new list of authors.
    `insert into renditions (kind, code, language, revision, content, authors, saved_by, saved_at)
     values ($1, $2, $3, 1, $4, array[$5::bigint], $5, $6)
     on conflict (kind, code, language) do update set content = excluded.content, status = 'in_work',
       revision = renditions.revision + 1, saved_by = excluded.saved_by, saved_at = excluded.saved_at,
       authors = case when renditions.status = 'reviewed' then excluded.authors
         else array(select distinct unnest(renditions.authors || excluded.authors)) end
     returning id`,
    [kind, code, language, JSON.stringify(text), actor.id, now()],
  )
  return row!
}
