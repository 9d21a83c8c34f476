import { inTransaction, one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { recordAll, transitionAll } from './audit.ts'
import { contentOf, type Item } from './curriculum/bank.ts'
import { checkItem, type ItemProblem } from './curriculum/checking/item.ts'
import { hashOf } from './curriculum/content.ts'
import { type BankModule, bankModule, type ItemState, sourcesAmong } from './item.ts'
import { Refused } from './refused.ts'

/**
 * A question to be kept: its module and, beside it, the fields a question has in bank.yaml (curriculum/README.md, "A
 * question"). Without a code it is a new one and gets the module's next free code.
 * `{ module: 'RMC-01', code: 'RMC-01-Q07', outcome: 'RMC-01-LO1', difficulty: 'easy', type: 'single', prompt: { en, ru },
 * options: [{ id, text: { en, ru }, right, feedback: { en, ru } }], sources: [], points?: 2, tags?: ['law'] }`
 */
export type KeptItem = { module: string; code?: string | undefined; [field: string]: unknown }

export type Kept = {
  /** Of the version. */
  id: string
  code: string
  number: number
  /** `drafted`: a new version waits; `saved`: the one that waits has changed; `unchanged`: it says the same already. */
  deed: 'drafted' | 'saved' | 'unchanged'
}

/** What is wrong with a question, by field; empty when it can be kept. Asks the database what it may refer to. */
export async function problemsOf({ module, ...raw }: KeptItem): Promise<ItemProblem[]> {
  const [found] = await checked(await moduleOf(module), [raw])
  return found!.problems
}

/**
 * Keeps a question as the draft that waits for its review, in the ambient transaction or one of its own. What is in use
 * stays in use. A version that was reviewed and is changed is a draft again.
 * @param seen hash of the newest version the writer has seen (`ItemVersion.hash`), null for a new question; left out
 * where nobody has looked
 * @throws Refused 'item.noModule'; 'item.wrong' with `problems` (ItemProblem[]); 'item.elsewhere' when the code belongs
 * to another module; 'item.changed' when another has saved a version since
 */
export async function keepItem(actor: Actor, { module, ...raw }: KeptItem, seen?: string | null): Promise<Kept> {
  const [kept] = await keepItems(actor, module, [{ raw, seen }])
  return kept!
}

/** A question of a module to be kept, and the newest version its writer has seen (`keepItem`). */
export type Keeping = { raw: Record<string, unknown>; seen?: string | null | undefined }

/**
 * Keeps questions of one module as `keepItem` does, all or none, in as many statements as one takes. No two of them have
 * the same code.
 */
export function keepItems(actor: Actor, module: string, keepings: Keeping[]): Promise<Kept[]> {
  return inTransaction(async () => {
    const place = await moduleOf(module)
    // One writer of a module's bank at a time: codes are given in turn, and a version cannot change behind a check.
    await one('item.lock', 'select id from modules where id = $1 for no key update', [place.id])
    const named = await withCodes(place, keepings)
    const items = (
      await checked(
        place,
        named.map(({ raw }) => raw),
      )
    ).map(({ item, problems }) => {
      if (!item) throw new Refused('item.wrong', { problems, count: problems.length })
      return item
    })
    const newest = await newestOf(await itemsNamed(place, items))
    const writings = items.map((item, index): Writing => {
      const known = newest.get(item.code)!
      const { seen } = named[index]!
      if (seen !== undefined && known.hash !== seen) throw new Refused('item.changed', { code: item.code })
      return { item, newest: known, deed: deedOf(known, item) }
    })
    const ids = new Map([...(await draft(actor, writings)), ...(await save(actor, writings))])
    return writings.map(({ item: { code }, newest: { id, number }, deed }) => ({
      ...{ id: ids.get(code) ?? id!, code, deed },
      number: deed === 'drafted' ? number + 1 : number,
    }))
  })
}

/** The newest version of an item; of one without any, its number is 0. */
type Newest = { itemId: string; id: string | null; number: number; status: ItemState | null; hash: string | null }
type Writing = { item: Item; newest: Newest; deed: Kept['deed'] }

function deedOf({ hash, status }: Newest, item: Item): Kept['deed'] {
  if (hash === hashOf(item) && status !== 'retired') return 'unchanged'
  return status === 'draft' || status === 'reviewed' ? 'saved' : 'drafted'
}

async function moduleOf(code: string): Promise<BankModule> {
  const module = await bankModule(code)
  if (!module) throw new Refused('item.noModule', { field: 'module', code })
  return module
}

/** Questions in the order of their shape, without what says nothing: their hash is that of the same question in a file. */
async function checked({ code, outcomes }: BankModule, raws: Record<string, unknown>[]) {
  const cited = raws.flatMap(({ sources }) => (Array.isArray(sources) ? sources.map(String) : []))
  const known = new Set(await sourcesAmong([...new Set(cited)]))
  const referable = {
    module: code,
    outcomes: (outcomes ?? []).map(each => each.code),
    isSource: (id: string) => known.has(id),
  }
  return raws.map(raw => {
    const { item, problems } = checkItem({ ...raw, code: raw.code ?? `${code}-Q00` }, referable)
    return { item: item && withoutNothing(item), problems }
  })
}

function withoutNothing(item: Item): Item {
  const { points, tags, ...rest } = item
  const kept = { ...rest, ...(points && points > 1 ? { points } : {}), ...(tags?.length ? { tags } : {}) } as Item
  return Object.fromEntries(Object.keys(item).flatMap(field => (field in kept ? [[field, kept[field]]] : []))) as Item
}

/** New questions get the numbers after the highest one: RMC-01-Q41 after RMC-01-Q40. A code is never given twice. */
async function withCodes({ id, code }: BankModule, keepings: Keeping[]): Promise<Keeping[]> {
  if (keepings.every(({ raw }) => raw.code !== undefined)) return keepings
  const row = await one<{ n: number }>(
    'item.next-code',
    `select coalesce(max(substring(code from '-Q(\\d{1,6})$')::int), 0) + 1 as n from items where module_id = $1`,
    [id],
  )
  const own = keepings.map(({ raw }) => /-Q(\d{1,6})$/.exec(String(raw.code ?? ''))?.[1] ?? 0)
  let next = Math.max(row!.n, ...own.map(number => Number(number) + 1))
  return keepings.map(({ raw, seen }) =>
    raw.code === undefined
      ? { raw: { ...raw, code: `${code}-Q${String(next++).padStart(2, '0')}` }, seen }
      : { raw, seen },
  )
}

type Named = { id: string; code: string }

async function itemsNamed({ id, code: module }: BankModule, items: Item[]): Promise<Named[]> {
  const known = await sql<Named & { moduleId: string }>(
    'item.named',
    `insert into items (module_id, code) select $1::bigint, code from unnest($2::text[]) as x (code)
     on conflict (code) do update set code = excluded.code returning id, code, module_id as "moduleId"`,
    [id, items.map(({ code }) => code)],
  )
  const elsewhere = known.find(({ moduleId }) => moduleId !== id)
  if (elsewhere) throw new Refused('item.elsewhere', { code: elsewhere.code, module })
  return known
}

/** The newest version of each item, by its code. */
async function newestOf(named: Named[]): Promise<Map<string, Newest>> {
  const rows = await sql<Newest>(
    'item.newest',
    `select distinct on (item_id) item_id as "itemId", id, number, status, content_hash as hash from item_versions
     where item_id = any ($1::bigint[]) order by item_id, number desc`,
    [named.map(({ id }) => id)],
  )
  const found = new Map(rows.map(row => [row.itemId, row]))
  const none = (itemId: string): Newest => ({ itemId, id: null, number: 0, status: null, hash: null })
  return new Map(named.map(({ id, code }) => [code, found.get(id) ?? none(id)]))
}

/** What of a version follows from its question and the version before it, as rows of JSON. */
const COLUMNS = `x (item_id bigint, id bigint, number int, outcome text, difficulty text, type text, prompt jsonb,
  content jsonb, sources text[], points int, tags text[], hash text)`

const rowsOf = (writings: Writing[]) =>
  JSON.stringify(
    writings.map(({ item, newest }) => {
      const { outcome, difficulty, type, prompt, sources, points = 1, tags = [] } = item
      return {
        ...{ item_id: newest.itemId, id: newest.id, number: newest.number + 1, hash: hashOf(item) },
        ...{ outcome, difficulty, type, prompt, content: contentOf(item), sources, points, tags },
      }
    }),
  )

/** Begins new versions. @returns their ids by the codes of their items */
async function draft(actor: Actor, all: Writing[]): Promise<[string, string][]> {
  const writings = all.filter(({ deed }) => deed === 'drafted')
  if (!writings.length) return []
  const rows = await sql<{ id: string; itemId: string }>(
    'item.draft',
    `insert into item_versions (outcome_code, difficulty, type, prompt, content, source_ids, points, tags, content_hash,
       item_id, number, status, origin, created_at, created_by, saved_by)
     select outcome, difficulty, type, prompt, content, sources, points, tags, hash, item_id, number, 'draft',
       'platform', $2::timestamptz, $3::bigint, array[$3::bigint] from jsonb_to_recordset($1::jsonb) as ${COLUMNS}
     returning id, item_id as "itemId"`,
    [rowsOf(writings), now(), actor.id],
  )
  const ids = new Map(rows.map(({ id, itemId }) => [itemId, id]))
  const made = writings.map(({ item: { code }, newest }) => ({
    code,
    id: ids.get(newest.itemId)!,
    number: newest.number + 1,
  }))
  await transitionAll(
    'item_version',
    made.map(({ id }) => ({ id, from: null })),
    'draft',
    actor,
  )
  await recordAll(
    actor,
    'item.drafted',
    'item_version',
    made.map(({ id, ...details }) => ({ id, details })),
  )
  return made.map(({ code, id }) => [code, id])
}

/** Writes over the versions that wait. @returns their ids by the codes of their items */
async function save(actor: Actor, all: Writing[]): Promise<[string, string][]> {
  const writings = all.filter(({ deed }) => deed === 'saved')
  if (!writings.length) return []
  await sql(
    'item.save',
    `update item_versions v set outcome_code = x.outcome, difficulty = x.difficulty, type = x.type, prompt = x.prompt,
       content = x.content, source_ids = x.sources, points = x.points, tags = x.tags, content_hash = x.hash,
       status = 'draft', origin = 'platform', created_by = coalesce(v.created_by, $2::bigint),
       saved_by = case when $2::bigint = any (v.saved_by) then v.saved_by else v.saved_by || $2::bigint end
     from jsonb_to_recordset($1::jsonb) as ${COLUMNS} where v.id = x.id`,
    [rowsOf(writings), actor.id],
  )
  const saved = writings.map(({ item: { code }, newest: { id, number, status } }) => ({
    code,
    id: id!,
    number,
    status,
  }))
  const reviewed = saved.filter(({ status }) => status === 'reviewed')
  await transitionAll(
    'item_version',
    reviewed.map(({ id }) => ({ id, from: 'reviewed' })),
    'draft',
    actor,
  )
  await recordAll(
    actor,
    'item.saved',
    'item_version',
    saved.map(({ id, code, number }) => ({ id, details: { code, number } })),
  )
  return saved.map(({ code, id }) => [code, id])
}
