import type { Request } from 'express'
import { namesAmount, type NeedsAnswers, type NeedsQuestion } from '../../models/needs-form.ts'
import { dayOff, type StateDays, statesOver } from '../../models/planning.ts'
import { speaksFor } from '../../models/policies/mandate.ts'
import { takingPart } from '../../models/request-states.ts'
import { isLead, type RequestRow } from '../../models/request.ts'
import { formOf } from '../forms/again.ts'
import { dayInWords, speakerOf } from './moments.ts'
import { answerSections } from './needs.ts'
import { countryName } from './people.ts'
import { filesOfPart } from './request-files.ts'
import type { RequestParts } from './request-page.ts'
import { wordsIn } from './words.ts'

/** The last look of a State before it sends what is its own: the lead the request, a joined one its part of it. */
export async function presentCheck(
  req: Request,
  request: RequestRow,
  { form, lessons, answers, files, states }: RequestParts,
  missing: NeedsQuestion[],
) {
  const lead = isLead(request)
  const own = request.ownState!
  const [common, mine] = [answers.get('') ?? {}, answers.get(own) ?? {}]
  const there = takingPart(states).map(({ state }) => state)
  return {
    code: request.code,
    title: request.title ?? req.t('requests.untitled'),
    lead,
    state: countryName(own, req.lang),
    sections: form.parts
      .filter(part => lead || part.own)
      .flatMap(part => {
        const sections = answerSections(speakerOf(req), form, part.own, part.own ? mine : common, lessons)
        return sections.filter(({ id }) => id === part.id)
      }),
    commonFiles: lead ? filesOfPart(req, request.code, files, null) : null,
    ownFiles: filesOfPart(req, request.code, files, own),
    missing: missing.map(({ part, label }) => ({ part, label: wordsIn(label, req.lang) })),
    notes: await checkNotes(req, lead ? common : {}, mine, there),
    submits: speaksFor(req.actor, own),
    form: formOf(req),
  }
}

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
  const length = Math.min(Number(answers.days ?? 1), 60)
  const dates = ((answers.dates ?? []) as string[]).map(first => daysFrom(first, length))
  const all = dates.flat().sort()
  if (!all.length) return []
  const calendars = await statesOver(all[0]!, all.at(-1)!, [...new Set([...states, 'AZ'])])
  return dates.flatMap(days => calendars.flatMap(state => daysOffNote(req, state, days)))
}

const daysFrom = (first: string, length: number) =>
  Array.from({ length }, (_, index) => Temporal.PlainDate.from(first).add({ days: index }).toString())

function daysOffNote(req: Request, state: StateDays, days: string[]): string[] {
  const say = speakerOf(req)
  const off = days.flatMap(day => {
    const why = dayOff(state, day)
    return why ? [why.why === 'holiday' ? wordsIn(why.holiday, req.lang) : dayInWords(say, day, 'short')] : []
  })
  if (!off.length) return []
  const words = { date: dayInWords(say, days[0]!), state: wordsIn(state.name, req.lang) }
  return [req.t('requests.notes.dayOff', { ...words, days: [...new Set(off)].join(', ') })]
}
