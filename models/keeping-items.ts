import { inTransaction, one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { record, transition } from './audit.ts'
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
  return (await checked(await moduleOf(module), raw)).problems
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
  return inTransaction(async () => {
    const place = await moduleOf(module)
    // One writer of a module's bank at a time: codes are given in turn, and a version cannot change behind a check.
    await one('item.lock', 'select id from modules where id = $1 for no key update', [place.id])
    const code = raw.code === undefined ? await nextCode(place) : String(raw.code)
    const { item, problems } = await checked(place, { ...raw, code })
    if (!item) throw new Refused('item.wrong', { problems, count: problems.length })
    const itemId = await itemNamed(place, code)
    const newest = await newestOf(itemId)
    if (seen !== undefined && (newest?.hash ?? null) !== seen) throw new Refused('item.changed', { code })
    if (newest?.hash === hashOf(item) && newest.status !== 'retired')
      return { id: newest.id, code, number: newest.number, deed: 'unchanged' }
    return newest && isWaiting(newest) ? save(actor, newest, item) : draft(actor, itemId, newest, item)
  })
}

type Newest = { id: string; number: number; status: ItemState; hash: string }

const isWaiting = ({ status }: Newest) => status === 'draft' || status === 'reviewed'

async function moduleOf(code: string): Promise<BankModule> {
  const module = await bankModule(code)
  if (!module) throw new Refused('item.noModule', { field: 'module', code })
  return module
}

/** The question in the order of its shape, without what says nothing: its hash is that of the same question in a file. */
async function checked({ code, outcomes }: BankModule, raw: Record<string, unknown>) {
  const cited = Array.isArray(raw.sources) ? raw.sources.map(String) : []
  const known = await sourcesAmong(cited)
  const { item, problems } = checkItem(
    { ...raw, code: raw.code ?? `${code}-Q00` },
    { module: code, outcomes: (outcomes ?? []).map(each => each.code), isSource: id => known.includes(id) },
  )
  if (!item) return { problems }
  const { points, tags, ...rest } = item
  const kept = { ...rest, ...(points && points > 1 ? { points } : {}), ...(tags?.length ? { tags } : {}) }
  return { item: inOrderOf(item, kept), problems }
}

const inOrderOf = (item: Item, kept: Record<string, unknown>) =>
  Object.fromEntries(Object.keys(item).flatMap(field => (field in kept ? [[field, kept[field]]] : []))) as Item

/** The number after the highest one: RMC-01-Q41 after RMC-01-Q40. A code is never given twice. */
async function nextCode({ id, code }: BankModule): Promise<string> {
  const row = await one<{ n: number }>(
    'item.next-code',
    `select coalesce(max(substring(code from '-Q(\\d{1,6})$')::int), 0) + 1 as n from items where module_id = $1`,
    [id],
  )
  return `${code}-Q${String(row!.n).padStart(2, '0')}`
}

async function itemNamed({ id, code: module }: BankModule, code: string): Promise<string> {
  const known = await one<{ id: string; moduleId: string }>(
    'item.named',
    `insert into items (module_id, code) values ($1, $2)
     on conflict (code) do update set code = excluded.code returning id, module_id as "moduleId"`,
    [id, code],
  )
  if (known!.moduleId !== id) throw new Refused('item.elsewhere', { code, module })
  return known!.id
}

const newestOf = (itemId: string): Promise<Newest | undefined> =>
  one<Newest>(
    'item.newest',
    `select id, number, status, content_hash as hash from item_versions where item_id = $1
     order by number desc limit 1`,
    [itemId],
  )

async function draft(actor: Actor, itemId: string, newest: Newest | undefined, item: Item): Promise<Kept> {
  const number = (newest?.number ?? 0) + 1
  const row = await one<{ id: string }>(
    'item.draft',
    `insert into item_versions (outcome_code, difficulty, type, prompt, content, source_ids, points, tags, content_hash,
       item_id, number, status, origin, created_at, created_by, saved_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'draft', 'platform', $12, $13, array[$13::bigint])
     returning id`,
    [...columnsOf(item), itemId, number, now(), actor.id],
  )
  await transition('item_version', row!.id, null, 'draft', actor)
  await record(actor, 'item.drafted', 'item_version', row!.id, { code: item.code, number })
  return { id: row!.id, code: item.code, number, deed: 'drafted' }
}

async function save(actor: Actor, { id, number, status }: Newest, item: Item): Promise<Kept> {
  await sql(
    'item.save',
    `update item_versions set outcome_code = $1, difficulty = $2, type = $3, prompt = $4, content = $5, source_ids = $6,
       points = $7, tags = $8, content_hash = $9, status = 'draft', origin = 'platform',
       created_by = coalesce(created_by, $11),
       saved_by = case when $11 = any (saved_by) then saved_by else saved_by || $11::bigint end
     where id = $10`,
    [...columnsOf(item), id, actor.id],
  )
  if (status !== 'draft') await transition('item_version', id, status, 'draft', actor)
  await record(actor, 'item.saved', 'item_version', id, { code: item.code, number })
  return { id, code: item.code, number, deed: 'saved' }
}

const columnsOf = (item: Item) => {
  const { outcome, difficulty, type, prompt, sources, points, tags } = item
  return [
    ...[outcome, difficulty, type, JSON.stringify(prompt), JSON.stringify(contentOf(item)), sources],
    ...[points ?? 1, tags ?? [], hashOf(item)],
  ]
}
