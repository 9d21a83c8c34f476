import { isDeepStrictEqual } from 'node:util'
import { inTransaction, one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { record } from './audit.ts'
import { hashOf } from './curriculum/content.ts'
import type { Referable, Whole } from './exchanging/checking.ts'
import type { Remark } from './exchanging/remark.ts'
import { bankModules } from './item-lists.ts'
import { type ItemVersion, newestVersions } from './item.ts'
import { type Keeping, type Kept, keepItems } from './keeping-items.ts'
import { Refused } from './refused.ts'

/** A file of questions between its upload and its use. It is gone once it is used, and after a day in any case. */
export type ItemImport = { id: string; name: string; items: Whole[]; remarks: Remark[] }

/** A question of the file beside the one that the bank has: `changed` names the fields that differ. */
export type Compared = Whole & { deed: 'new' | 'changed' | 'unchanged'; changed: string[]; seen: string | null }

/** All that questions may refer to: outcomes of the newest version of each module, and sources. */
export async function referable(): Promise<Referable> {
  const modules = await bankModules()
  const sources = await sql<{ id: string }>('item-imports.sources', 'select id from sources', [])
  const outcomes = Object.fromEntries(modules.map(({ code, outcomes: own }) => [code, own.map(each => each.code)]))
  return { outcomes, sources: sources.map(({ id }) => id) }
}

/** Keeps what was read of a file for its preview. Files older than a day go. @returns its id */
export function keepImport(actor: Actor, { name, items, remarks }: Omit<ItemImport, 'id'>): Promise<string> {
  return inTransaction(async () => {
    await forgetImports()
    const row = await one<{ id: string }>(
      'item-imports.add',
      'insert into item_imports (file_name, items, remarks, by_id, at) values ($1, $2, $3, $4, $5) returning id',
      [name, JSON.stringify(items), JSON.stringify(remarks), actor.id, now()],
    )
    return row!.id
  })
}

/** Files nobody used within a day are removed. */
export const forgetImports = () =>
  sql('item-imports.forget', 'delete from item_imports where at < $1', [now().subtract({ hours: 24 })])

const GET = 'select id, file_name as name, items, remarks from item_imports where id = $1 and by_id = $2'

/** A file that waits to be used, for whoever brought it; or undefined. */
export const keptImport = (actor: Actor, id: string): Promise<ItemImport | undefined> =>
  one<ItemImport>('item-imports.get', GET, [id, actor.id])

/**
 * Sets each question of a file beside the one the bank has. A code of another module's question is a fault.
 * @returns `mark` too: it changes with whatever the bank has of these questions
 */
export async function compare(actor: Actor, { items, remarks }: ItemImport) {
  const codes = items.flatMap(({ item }) => item.code ?? [])
  const known = new Map((await newestVersions(actor, codes)).map(version => [version.code, version]))
  const compared = items.map((whole): Compared => {
    const newest = known.get(whole.item.code ?? '')
    if (!newest) return { ...whole, deed: 'new', changed: [], seen: null }
    const changed = changedIn(whole, newest)
    return { ...whole, deed: changed.length ? 'changed' : 'unchanged', changed, seen: newest.hash }
  })
  const elsewhere = compared.flatMap(({ line, module, item }): Remark[] => {
    const owner = known.get(item.code ?? '')?.module
    return owner && owner !== module
      ? [{ line, weight: 'fault', key: 'elsewhere', data: { code: item.code!, module: owner } }]
      : []
  })
  const mark = hashOf(compared.map(({ seen }) => seen))
  return { compared, remarks: [...remarks, ...elsewhere], mark }
}

/** Fields of the file format that differ; `state` where a retired question comes back. */
function changedIn({ item }: Whole, newest: ItemVersion): string[] {
  const { code, outcome, difficulty, type, points, tags, prompt, sources, content } = newest
  const before: Record<string, unknown> = { code, outcome, difficulty, type, points, tags, prompt, sources, ...content }
  const after: Record<string, unknown> = { points: 1, tags: [], ...item }
  const fields = [...new Set([...Object.keys(after), ...Object.keys(before)])]
  const differ = fields.filter(field => !isDeepStrictEqual(before[field], after[field]))
  return newest.status === 'retired' ? [...differ, 'state'] : differ
}

/** So many questions are written at a time, so that no statement and no pause of the server grows with the file. */
const AT_ONCE = 100

/** What is to be written, module by module in the order of their codes: two who import at once lock them in one order. */
function inPortions(compared: Compared[]): { module: string; keepings: Keeping[] }[] {
  const written = compared.filter(({ deed }) => deed !== 'unchanged')
  const modules = [...Map.groupBy(written, ({ module }) => module)].toSorted(([one], [other]) => (one < other ? -1 : 1))
  return modules.flatMap(([module, wholes]) => {
    // Those with a code first: no new one is given a code that a later portion brings.
    const ordered = wholes.toSorted((one, other) => Number(!one.item.code) - Number(!other.item.code))
    const keepings = ordered.map(({ item, seen }): Keeping => ({ raw: item, seen }))
    return Array.from({ length: Math.ceil(keepings.length / AT_ONCE) }, (_, portion) => ({
      module,
      keepings: keepings.slice(portion * AT_ONCE, (portion + 1) * AT_ONCE),
    }))
  })
}

/**
 * Takes the questions of a file into the bank as drafts: all of them or none.
 * @param mark that of the preview (`compare`): what the bank has of these questions must be what was shown
 * @throws Refused 'bankFile.used', 'bankFile.faults', 'bankFile.nothing', 'bankFile.changed', or as `keepItem`
 */
export function useImport(actor: Actor, id: string, mark: string): Promise<Record<Kept['deed'], number>> {
  return inTransaction(async () => {
    const kept = await one<ItemImport>('item-imports.take', `${GET} for update`, [id, actor.id])
    if (!kept) throw new Refused('bankFile.used')
    const { compared, remarks, mark: current } = await compare(actor, kept)
    if (remarks.some(({ weight }) => weight === 'fault')) throw new Refused('bankFile.faults')
    if (!compared.length) throw new Refused('bankFile.nothing')
    if (mark !== current) throw new Refused('bankFile.changed')
    const done = { drafted: 0, saved: 0, unchanged: 0 }
    for (const { module, keepings } of inPortions(compared))
      for (const { deed } of await keepItems(actor, module, keepings)) done[deed]++
    done.unchanged += compared.filter(({ deed }) => deed === 'unchanged').length
    await sql('item-imports.used', 'delete from item_imports where id = $1', [id])
    await record(actor, 'item.imported', 'question_bank', id, { file: kept.name, ...done })
    return done
  })
}
