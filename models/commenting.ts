import { inTransaction, one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { Refused } from './refused.ts'

/** A trainer's own sentences for comments: nobody else sees them. */
export type BankComment = { id: string; text: string }

export const MOST_COMMENTS = 100
/** Longest sentence of the bank, in characters. */
export const LONGEST = 2000

export const bankOf = (personId: string): Promise<BankComment[]> =>
  sql<BankComment>(
    'bank.list',
    'select id, text from comment_bank where person_id = $1 order by created_at desc, id desc limit 100',
    [personId],
  )

/** Keeps a comment in the bank; one that is there already stays once. @throws Refused marking.bankFull, marking.bankLong */
export async function keepComment(actor: Actor, text: string) {
  const plain = text.trim()
  if (!plain) throw new Refused('marking.commentNeeded', { field: 'comment' })
  if (plain.length > LONGEST) throw new Refused('marking.bankLong', { count: LONGEST, field: 'comment' })
  await inTransaction(async () => {
    const row = await one<{ n: number }>(
      'bank.count',
      'select count(*)::int as n from comment_bank where person_id = $1',
      [actor.id],
    )
    if (row!.n >= MOST_COMMENTS) throw new Refused('marking.bankFull', { count: MOST_COMMENTS })
    await sql(
      'bank.add',
      `insert into comment_bank (person_id, text, created_at) values ($1, $2, $3) on conflict (person_id, text) do nothing`,
      [actor.id, plain, now()],
    )
  })
}

/** Takes a comment out of one's own bank. */
export const dropComment = (actor: Actor, id: string) =>
  sql('bank.drop', 'delete from comment_bank where id = $1 and person_id = $2', [id, actor.id])
