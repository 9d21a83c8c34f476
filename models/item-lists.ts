import { sql } from '../lib/db.ts'
import type { Actor } from './actor.ts'
import type { Words } from './curriculum/shapes.ts'
import type { Difficulty } from './drawing.ts'
import { type BankModule, type ItemState, OUTCOMES } from './item.ts'
import type { ItemType } from './items/kind.ts'
import { seesBank } from './policies/item.ts'

/** What somebody looks for; null: no matter. `author` is the id of a person. */
export type Search = {
  module: string | null
  outcome: string | null
  type: ItemType | null
  difficulty: Difficulty | null
  state: ItemState | null
  tag: string | null
  author: string | null
  /** A piece of what is asked, in either language; letters are folded. */
  text: string | null
}

/** An item by its newest version. */
export type ItemLine = {
  code: string
  number: number
  outcome: string
  difficulty: Difficulty
  type: ItemType
  status: ItemState
  /** Whether a version is in use, be it the newest or one before it. */
  inUse: boolean
  prompt: Words
  tags: string[]
  author: string | null
}

const FROM = `from items i join modules m on m.id = i.module_id
  join lateral (select number, outcome_code, difficulty, type, status, prompt, tags, created_by from item_versions
    where item_id = i.id order by number desc limit 1) v on true
  left join people p on p.id = v.created_by
  cross join lateral (select exists (select from item_versions where item_id = i.id and status = 'in_use') as "inUse") u
  where ($1::text is null or m.code = $1) and ($2::text is null or v.outcome_code = $2)
    and ($3::text is null or v.type = $3) and ($4::text is null or v.difficulty = $4)
    and ($5::text is null or v.status = $5 or $5 = 'in_use' and u."inUse")
    and ($6::text is null or v.tags @> array[$6]) and ($7::bigint is null or v.created_by = $7)
    and ($8::text is null or i.code > $8)`

const LINE = `select i.code, v.number, v.outcome_code as outcome, v.difficulty, v.type, v.status, u."inUse", v.prompt,
  v.tags, p.name_latin as author`

/**
 * Items by their code, one more than `size` when there are more. A text is found in any version of an item.
 * @param after the code after which the page begins, null for the first
 */
export async function itemsFound(
  actor: Actor,
  search: Search,
  after: string | null,
  size: number,
): Promise<ItemLine[]> {
  if (!seesBank(actor)) return []
  return found<ItemLine>('items', LINE, search, after, size + 1)
}

/** Codes of all items that a search finds, in their order; none for who does not see the bank. */
export async function codesFound(actor: Actor, search: Search): Promise<string[]> {
  if (!seesBank(actor)) return []
  return (await found<{ code: string }>('items.codes', 'select i.code', search, null, null)).map(({ code }) => code)
}

/** Rows of what a search finds. `name` is that of the statement. */
function found<Row extends object>(
  name: string,
  what: string,
  search: Search,
  after: string | null,
  most: number | null,
) {
  const { module, outcome, type, difficulty, state, tag, author, text } = search
  const values = [module, outcome, type, difficulty, state, tag, author, after, most]
  if (!text) return sql<Row>(`${name}.all`, `${what} ${FROM} order by i.code limit $9`, values)
  return sql<Row>(
    `${name}.found`,
    `with hits as (select distinct item_id from item_versions
       where folded((prompt ->> 'en') || ' ' || (prompt ->> 'ru')) like folded($10))
     ${what} ${FROM} and i.id in (select item_id from hits) order by i.code limit $9`,
    [...values, `%${text.replace(/[\\%_]/g, '\\$&')}%`],
  )
}

/** Modules with their outcomes, in the order of the curriculum. */
export const bankModules = (): Promise<BankModule[]> =>
  sql<BankModule>(
    'items.modules',
    `select m.id, m.code, v.title, coalesce(${OUTCOMES}, '[]') as outcomes
     from modules m join lateral (select id, title from module_versions where module_id = m.id
       order by major desc, minor desc limit 1) v on true order by m.position, m.code`,
  )

/** Tags that questions carry, and people who made some. */
export const tagsUsed = async (): Promise<string[]> =>
  (
    await sql<{ tag: string }>(
      'items.tags',
      'select distinct unnest(tags) as tag from item_versions order by 1 limit 500',
    )
  ).map(({ tag }) => tag)

export const authors = (): Promise<{ id: string; name: string }[]> =>
  sql(
    'items.authors',
    `select id, coalesce(name_latin, '') as name from people
     where id in (select created_by from item_versions) order by 2, 1 limit 500`,
  )

export type Use = { version: string; trainings: number; draws: boolean }

/** Published versions of courses that have the item among their questions, with the trainings on them. */
export const coursesWith = (code: string, outcome: string): Promise<Use[]> =>
  sql<Use>(
    'items.courses',
    `select c.code || ' ' || v.major || '.' || v.minor as version,
       (select count(*)::int from trainings t where t.course_version_id = v.id) as trainings,
       exists (select from assessments a where a.course_version_id = v.id and a.kind = 'test' and a.blueprint ? $2) as draws
     from course_versions v join courses c on c.id = v.course_id
     where v.published_at is not null and v.rules -> 'items' ? $1 order by c.position, v.major desc, v.minor desc limit 50`,
    [code, outcome],
  )

/** How many attempts asked each version of an item, by its id. */
export const attemptsOf = async (itemId: string): Promise<Map<string, number>> =>
  new Map(
    (
      await sql<{ id: string; n: number }>(
        'items.attempts',
        `select v.id, (select count(*)::int from attempt_items where item_version_id = v.id) as n
         from item_versions v where v.item_id = $1`,
        [itemId],
      )
    ).map(({ id, n }) => [id, n]),
  )

export type Step = { number: number; to: ItemState; at: Temporal.Instant; by: string | null; reason: string | null }

/** What happened to the versions of an item, the newest first. */
export const lifeOf = (itemId: string): Promise<Step[]> =>
  sql<Step>(
    'items.life',
    `select v.number, t.to_status as "to", t.at, p.name_latin as by, t.reason from item_versions v
     join transitions t on t.record_kind = 'item_version' and t.record_id = v.id left join people p on p.id = t.by_id
     where v.item_id = $1 order by t.id desc limit 200`,
    [itemId],
  )
