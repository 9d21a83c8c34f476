import { one, sql } from '../lib/db.ts'
import type { CardFacts } from './curriculum/pieces/card.ts'
import { type Press, restructured } from './curriculum/restructuring.ts'
import type { WrittenModule } from './curriculum/writing.ts'
import { liveDraft } from './draft.ts'
import { Refused } from './refused.ts'

/**
 * The card of a draft with its structure changed as somebody asked. An added entry gets a code that none had before.
 * @throws Refused 'drafts.outcomeTested' while questions test an outcome, 'drafts.outcomeNamed' while lessons name it,
 * 'drafts.lessonDrafted' while a lesson is being worked on
 */
export async function structured(module: WrittenModule, facts: CardFacts, press: Press): Promise<CardFacts> {
  const { list, act, code } = press
  if (act === 'remove') await refuseTied(module, list, code)
  return restructured(facts, act === 'add' ? { ...press, code: await freeCode(module.card.code, facts, list) } : press)
}

async function refuseTied({ lessons }: WrittenModule, list: Press['list'], code: string) {
  const field = `${list}-${code}`
  if (list === 'lessons') {
    if (await liveDraft('lesson', code)) throw new Refused('drafts.lessonDrafted', { code, field })
    return
  }
  const items = await itemsTesting(code)
  if (items.length)
    throw new Refused('drafts.outcomeTested', { code, items: items.join(', '), count: items.length, field })
  const naming = [
    ...new Set(lessons.filter(({ front }) => front.outcomes.includes(code)).map(({ front }) => front.code)),
  ]
  if (naming.length)
    throw new Refused('drafts.outcomeNamed', { code, lessons: naming.join(', '), count: naming.length, field })
}

/** Codes of the questions that test an outcome: in use, or on their way there. */
const itemsTesting = async (outcome: string): Promise<string[]> =>
  (
    await sql<{ code: string }>(
      'structuring.items',
      `select distinct i.code from item_versions v join items i on i.id = v.item_id
       where v.outcome_code = $1 and v.status <> 'retired' order by i.code`,
      [outcome],
    )
  ).map(({ code }) => code)

/** The next code of a list: after all that any version of the module has, and all of the draft. */
async function freeCode(module: string, facts: CardFacts, list: Press['list']): Promise<string> {
  const letters = list === 'outcomes' ? 'LO' : 'L'
  const own = facts[list].map(({ code }) => Number(code.slice(`${module}-${letters}`.length)))
  const row = await one<{ last: number }>(
    `structuring.last-${list}`,
    list === 'outcomes'
      ? `select coalesce(max(substring(o.code from '\\d+$')::int), 0) as last from outcomes o
         join module_versions v on v.id = o.module_version_id join modules m on m.id = v.module_id where m.code = $1`
      : `select coalesce(max(substring(l.code from '\\d+$')::int), 0) as last from lessons l
         join modules m on m.id = l.module_id where m.code = $1`,
    [module],
  )
  return `${module}-${letters}${Math.max(row!.last, ...own) + 1}`
}
