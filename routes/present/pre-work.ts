import type { Request } from 'express'
import { numberIn } from '../../lib/numbers.ts'
import type { PreWork, WorkState } from '../../models/pre-work.ts'

/** Of what the course asks for before the sessions there is something to show. */
export const askedBefore = (all: PreWork[]) => ({
  lessons: all.some(({ lessons }) => lessons.total > 0),
  test: all.some(({ test }) => test.exists),
  assignment: all.some(({ assignment }) => assignment),
})

const KINDS: Record<WorkState, string> = {
  ...{ nothing: 'todo', handed_in: 'current', returned: 'todo', accepted: 'current', released: 'success' },
}

/** What one person has done before the sessions, in words; null for readers to whom it is not shown. */
export function preWorkLine(req: Request, preWork: PreWork | undefined) {
  if (!preWork) return null
  const { lessons, test, assignment } = preWork
  const percent = (value: number | string) => req.t('attempts.percent', { value: numberIn(req.lang, Number(value)) })
  return {
    lessons: req.t('teaching.room.lessonsDone', { done: lessons.done, total: lessons.total }),
    test: test.best === null ? null : percent(test.best),
    work: assignment && {
      kind: KINDS[assignment.state],
      /** More time would change something. */
      open: assignment.state !== 'released',
      word:
        assignment.percent === null ? req.t(`teaching.room.works.${assignment.state}`) : percent(assignment.percent),
    },
  }
}
