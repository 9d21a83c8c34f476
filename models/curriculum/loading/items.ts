import { one, sql } from '../../../lib/db.ts'
import { now } from '../../../lib/time.ts'
import { contentOf } from '../bank.ts'
import type { ModuleContent } from '../content.ts'
import type { Kept } from './edited.ts'
import type { Place } from './module.ts'

type Newest = { number: number; status: 'draft' | 'reviewed' | 'in_use' | 'retired'; hash: string; id: string }
type Filed = ModuleContent['items'][number]

/** Proposes versions of the items that changed, and forgets drafts that the file no longer holds. */
export async function loadItems({ moduleId }: Place, { items }: ModuleContent, kept: Kept) {
  for (const filed of items) if (!kept.items.has(filed.item.code)) await loadItem(moduleId, filed)
  await sql(
    'curriculum.item-forget',
    `delete from item_versions v using items i where v.item_id = i.id and i.module_id = $1
       and v.status = 'draft' and v.origin = 'file' and i.code <> all ($2)`,
    [moduleId, items.map(({ item }) => item.code)],
  )
}

async function loadItem(moduleId: string, filed: Filed) {
  const known = await one<{ id: string }>(
    'curriculum.item',
    `insert into items (module_id, code) values ($1, $2)
     on conflict (code) do update set code = excluded.code returning id`,
    [moduleId, filed.item.code],
  )
  // A draft has been shown to nobody: it goes, and the version below it decides whether a new one is needed.
  await sql(
    'curriculum.item-redraft',
    `delete from item_versions where item_id = $1 and status = 'draft' and origin = 'file' and content_hash <> $2`,
    [known!.id, filed.hash],
  )
  const newest = await one<Newest>(
    'curriculum.item-newest',
    `select id, number, status, content_hash as hash from item_versions where item_id = $1
     order by number desc limit 1`,
    [known!.id],
  )
  if (newest?.hash === filed.hash && newest.status !== 'retired') return
  const { outcome, difficulty, type, points, tags, prompt, sources } = filed.item
  await sql(
    'curriculum.item-version',
    `insert into item_versions (item_id, number, outcome_code, difficulty, type, prompt, content, source_ids, points,
       tags, status, content_hash, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'draft', $11, $12)`,
    [
      ...[known!.id, (newest?.number ?? 0) + 1, outcome, difficulty, type],
      ...[JSON.stringify(prompt), JSON.stringify(contentOf(filed.item)), sources, points ?? 1, tags ?? []],
      ...[filed.hash, now()],
    ],
  )
}
