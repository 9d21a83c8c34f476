import { one, sql } from '../lib/db.ts'
import type { Actor } from './actor.ts'
import { type Item as FiledItem, itemShape } from './curriculum/bank.ts'
import type { Words } from './curriculum/shapes.ts'
import type { Difficulty } from './drawing.ts'
import type { ItemType } from './items/kind.ts'
import { seesBank } from './policies/item.ts'

/** One question of the bank: an item has versions, of which one at a time waits and one at a time is in use. */
export const ITEM_STATES = ['draft', 'reviewed', 'in_use', 'retired'] as const
export type ItemState = (typeof ITEM_STATES)[number]

export type ItemVersion = {
  id: string
  itemId: string
  code: string
  /** Code of its module. */
  module: string
  number: number
  outcome: string
  difficulty: Difficulty
  type: ItemType
  points: number
  tags: string[]
  prompt: Words
  /** The type's own part (models/items). */
  content: Record<string, unknown>
  sources: string[]
  status: ItemState
  origin: 'file' | 'platform'
  hash: string
  createdAt: Temporal.Instant
  /** Who began it, and the ids of all who saved it. */
  author: string | null
  savedBy: string[]
}

const VERSION = `v.id, i.id as "itemId", i.code, m.code as module, v.number, v.outcome_code as outcome, v.difficulty,
  v.type, v.points, v.tags, v.prompt, v.content, v.source_ids as sources, v.status, v.origin, v.content_hash as hash,
  v.created_at as "createdAt", p.name_latin as author, v.saved_by::text[] as "savedBy"`

/** All versions of an item, the newest first; none for who does not see the bank. */
export async function versionsOf(actor: Actor, code: string): Promise<ItemVersion[]> {
  if (!seesBank(actor)) return []
  return sql<ItemVersion>(
    'item.versions',
    `select ${VERSION} from items i join modules m on m.id = i.module_id join item_versions v on v.item_id = i.id
     left join people p on p.id = v.created_by where i.code = $1 order by v.number desc`,
    [code],
  )
}

/** The newest version of each item of these codes, module by module; none for who does not see the bank. */
export async function newestVersions(actor: Actor, codes: string[]): Promise<ItemVersion[]> {
  if (!seesBank(actor)) return []
  return sql<ItemVersion>(
    'item.newest-versions',
    `select ${VERSION} from items i join modules m on m.id = i.module_id
     join lateral (select * from item_versions where item_id = i.id order by number desc limit 1) v on true
     left join people p on p.id = v.created_by
     where i.code = any ($1) order by m.code, i.id`,
    [codes],
  )
}

/** A version as the file format has it (curriculum/README.md), fields in the order of its shape. */
export function asFiled(version: ItemVersion): FiledItem {
  const { code, outcome, difficulty, type, points, tags, prompt, sources, content } = version
  const raw = {
    ...{ code, outcome, difficulty, type },
    ...(points === 1 ? {} : { points }),
    ...(tags.length ? { tags } : {}),
    ...{ prompt, sources, ...content },
  }
  return itemShape(raw).parse(raw) as FiledItem
}

export type BankModule = {
  id: string
  code: string
  title: Words
  outcomes: { code: string; level: string; text: Words }[]
}

/** Outcomes of a module `m` as its newest version `v` has them, with those that a draft of its card adds. */
export const OUTCOMES = `(select jsonb_agg(jsonb_build_object('code', o.code, 'level', o.level, 'text', o.text) order by o.place)
       from (select code, level, text, position as place from outcomes where module_version_id = v.id
         union all select a.outcome ->> 'code', a.outcome ->> 'level', a.outcome -> 'text', 1000 + a.place
         from drafts d join draft_parts p on p.draft_id = d.id and p.part = 'all'
         cross join jsonb_array_elements(p.content -> 'outcomes') with ordinality as a (outcome, place)
         where d.module_id = m.id and d.kind = 'card' and d.ended_at is null
           and a.outcome ->> 'code' not in (select code from outcomes where module_version_id = v.id)) o)`

/** A module that questions can belong to, with its outcomes; undefined when there is none. */
export const bankModule = (code: string): Promise<BankModule | undefined> =>
  one<BankModule>(
    'item.module',
    `select m.id, m.code, v.title,
       ${OUTCOMES} as outcomes
     from modules m join lateral (select id, title from module_versions where module_id = m.id
       order by major desc, minor desc limit 1) v on true
     where m.code = $1`,
    [code],
  )

/** Which of these ids are sources of the curriculum. */
export const sourcesAmong = async (ids: string[]): Promise<string[]> =>
  ids.length
    ? (await sql<{ id: string }>('item.sources', 'select id from sources where id = any ($1)', [ids])).map(
        ({ id }) => id,
      )
    : []
