import { sql } from '../lib/db.ts'
import type { PartName } from './draft.ts'

/** What somebody says about a passage of a draft, with what others answered; open until somebody resolves it. */
export type Remark = {
  id: string
  part: PartName
  /** The passage as it was quoted; empty when the remark is about the whole. */
  quote: string
  body: string
  by: string
  at: Temporal.Instant
  resolvedBy: string | null
  resolvedAt: Temporal.Instant | null
  answers: { body: string; by: string; at: Temporal.Instant }[]
}

type Row = Omit<Remark, 'answers'> & { threadId: string | null }

/** The remarks of a draft in the order in which they were made. */
export async function remarksOf(draftId: string): Promise<Remark[]> {
  const rows = await sql<Row>(
    'remark.list',
    `select c.id, c.thread_id as "threadId", c.part, c.quote, c.body, coalesce(w.name_latin, '') as by,
       c.written_at as at, r.name_latin as "resolvedBy", c.resolved_at as "resolvedAt"
     from draft_comments c join people w on w.id = c.written_by left join people r on r.id = c.resolved_by
     where c.draft_id = $1 order by c.id`,
    [draftId],
  )
  const answersOf = (id: string) => rows.filter(({ threadId }) => threadId === id)
  return rows
    .filter(({ threadId }) => !threadId)
    .map(({ threadId, ...remark }) => ({ ...remark, answers: answersOf(remark.id) }))
}

/** Whether a passage stands in what a part holds, whatever its Markdown and its line breaks. */
export const standsIn = (quote: string, content: unknown): boolean =>
  words(textsIn(content).join(' ')).includes(words(quote))

const textsIn = (value: unknown): string[] =>
  typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [String(value ?? '')]

// A citation is [@id] where it is written and [1] where it is read.
const words = (text: string): string =>
  text
    .replace(/\[(?:@[^\]]*|\d+)\]|\]\([^)]*\)/g, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .toLowerCase()
