import { sql } from '../lib/db.ts'
import { fileAddress } from './module-file.ts'
import { pictureAddress } from './module-picture.ts'

/** What lies beside a module's lessons: a file that they lead to, or a picture that they show. */
export type Beside = { kind: 'file' | 'picture'; module: string; name: string }

/**
 * What holds a file or a picture where it is: `published`, a text of a version that was in force once, which goes on being
 * read as it was; `in_work`, a draft or a text in an agreed language that is not read yet.
 */
export type FileUse = 'published' | 'in_work'

const addressOf = ({ kind, module, name }: Beside): string =>
  kind === 'file' ? fileAddress(module, name) : pictureAddress(module, name)

/** Which of these things of one module are in use, by their names. One statement for all of them. */
export async function usesOf(things: Beside[]): Promise<Map<string, FileUse>> {
  if (!things.length) return new Map()
  const rows = await sql<{ name: string; use: FileUse | null }>(
    'file-uses.of',
    `select t.name, case
        when exists (select from texts x where position('="' || t.address || '"' in x.html) > 0) then 'published'
        when exists (select from draft_parts p join drafts d on d.id = p.draft_id and d.ended_at is null
            join modules m on m.id = d.module_id and m.code = $3 where position('](' || t.name in p.content::text) > 0)
          or exists (select from renditions r where (r.code = $3 or starts_with(r.code, $3 || '-'))
            and position('](' || t.name in r.content::text) > 0) then 'in_work' end as use
     from unnest($1::text[], $2::text[]) as t(name, address)`,
    [things.map(({ name }) => name), things.map(addressOf), things[0]!.module],
  )
  return new Map(rows.flatMap(({ name, use }) => (use ? [[name, use]] : [])))
}
