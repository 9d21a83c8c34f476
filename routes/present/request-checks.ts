import type { Request } from 'express'
import type { NeedsAnswers } from '../../models/needs-form.ts'
import { namesAmount } from '../../models/needs-form.ts'
import { dayOff, statesOver } from '../../models/planning.ts'
import { dayInWords, speakerOf } from './moments.ts'
import { wordsIn } from './words.ts'

/**
 * What is worth a second look and stops nothing: days off of the States concerned and of the host within the wished
 * dates, and amounts of money in words about costs.
 */
export async function checkNotes(
  req: Request,
  common: NeedsAnswers,
  own: NeedsAnswers,
  states: string[],
): Promise<string[]> {
  const amounts = ['costs-own', 'costs-asked'].filter(id => namesAmount(String(own[id] ?? '')))
  return [...(await dateNotes(req, common, states)), ...(amounts.length ? [req.t('requests.notes.amount')] : [])]
}

/** For each wished date, which of its days are off and where. */
export async function dateNotes(req: Request, answers: NeedsAnswers, states: string[]): Promise<string[]> {
  const say = speakerOf(req)
  const length = Math.min(Number(answers.days ?? 1), 60)
  const notes: string[] = []
  for (const first of (answers.dates ?? []) as string[]) {
    const days = Array.from({ length }, (_, index) => Temporal.PlainDate.from(first).add({ days: index }).toString())
    const calendars = await statesOver(days[0]!, days.at(-1)!, [...new Set([...states, 'AZ'])])
    for (const state of calendars) {
      const off = days.flatMap(day => {
        const found = dayOff(state, day)
        return found ? [found.why === 'holiday' ? wordsIn(found.holiday, req.lang) : dayInWords(say, day, 'short')] : []
      })
      if (off.length)
        notes.push(
          req.t('requests.notes.dayOff', {
            date: dayInWords(say, first),
            state: wordsIn(state.name, req.lang),
            days: [...new Set(off)].join(', '),
          }),
        )
    }
  }
  return notes
}
