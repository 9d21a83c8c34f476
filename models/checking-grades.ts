import { sql } from '../lib/db.ts'
import { type AskedItem, itemsOfAll } from './attempt.ts'
import { answersOf, type Difference, gradeAll, keyOf, marksIn, receiptOf, unmarked } from './grading.ts'

export type Checked = {
  /** How many closed attempts were computed again. */
  attempts: number
  /** Attempts whose stored result is not what follows from their items and answers. */
  differences: Difference[]
  /** Attempts whose stored receipt is not that of the answers in the record. */
  receipts: string[]
  /** Attempts that have a result though an answer waits for a mark, or have none though nothing waits. */
  unsettled: string[]
  /** Enrollments whose grade is not the best of their attempts. */
  grades: { enrollmentId: string; stored: number; computed: number }[]
}

const AT_ONCE = 500

/**
 * Computes the results of all closed attempts again from what is stored, and the grades from the results. None is
 * expected to differ. Reads only; attempts are taken some hundred at a time, so that memory does not grow with them.
 */
export async function checkGrades(): Promise<Checked> {
  const checked: Checked = { attempts: 0, differences: [], receipts: [], unsettled: [], grades: [] }
  for (let after = '0'; ; ) {
    const closed = await closedAfter(after)
    const itemsById = await itemsOfAll(closed.map(({ id }) => id))
    for (const attempt of closed) {
      const items = itemsById.get(attempt.id) ?? []
      checked.attempts++
      const hasResult = attempt.percent !== null
      if (hasResult) checked.differences.push(...gradeAll([stored(attempt, items)]))
      if (hasResult === unmarked(items).length > 0) checked.unsettled.push(attempt.id)
      // Erasure takes the words of essays, and the receipt that was computed from them.
      if (attempt.receipt !== null && receiptOf(attempt.id, items) !== attempt.receipt)
        checked.receipts.push(attempt.id)
    }
    if (closed.length < AT_ONCE) break
    after = closed.at(-1)!.id
  }
  checked.grades = await wrongGrades()
  return checked
}

type Closed = {
  id: string
  points: string | null
  maxPoints: string | null
  percent: string | null
  receipt: string | null
}

const closedAfter = (id: string) =>
  sql<Closed>(
    'grades.closed',
    `select id, points, max_points as "maxPoints", percent, receipt from attempts
     where handed_in_at is not null and id > $1 order by id limit ${AT_ONCE}`,
    [id],
  )

const stored = ({ id, points, maxPoints, percent }: Closed, items: AskedItem[]) => ({
  ...{ id, points: Number(points), maxPoints: Number(maxPoints), percent: Number(percent) },
  ...{ items: items.map(keyOf), answers: answersOf(items), marks: marksIn(items) },
})

async function wrongGrades(): Promise<Checked['grades']> {
  const rows = await sql<{ enrollmentId: string; stored: string; computed: string }>(
    'grades.wrong',
    `select b.enrollment_id as "enrollmentId", coalesce(g.percent, -1) as stored, b.percent as computed
     from (select enrollment_id, assessment_id, max(percent) as percent from attempts
           where percent is not null and form is null
           group by enrollment_id, assessment_id) b
     left join grades g on g.enrollment_id = b.enrollment_id and g.assessment_id = b.assessment_id
     where g.percent is distinct from b.percent order by b.enrollment_id`,
  )
  return rows.map(row => ({ ...row, stored: Number(row.stored), computed: Number(row.computed) }))
}
