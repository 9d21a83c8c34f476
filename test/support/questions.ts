import type { Actor } from '../../models/actor.ts'
import { versionsOf } from '../../models/item.ts'
import { keepItem, type KeptItem } from '../../models/keeping-items.ts'
import { reviewItem } from '../../models/reviewing-items.ts'
import { words } from './items.ts'

type Option = { id: string; text: { en: string; ru: string }; right: boolean; feedback: { en: string; ru: string } }

/** A whole question of one right option for the bank of RMC-01; what a test names stands in its place. */
export const aQuestion = (fields: Partial<KeptItem> = {}): KeptItem & { options: Option[] } => ({
  ...{ module: 'RMC-01', outcome: 'RMC-01-LO1', difficulty: 'easy', type: 'single' },
  prompt: { en: 'Who counts people on the move?', ru: 'Кто считает людей в пути?' },
  options: ['a', 'b', 'c'].map(id => ({
    id,
    text: words(id, 'Office', 'Ведомство'),
    right: id === 'a',
    feedback: words(id, 'About office', 'О ведомстве'),
  })),
  sources: [],
  ...fields,
})

/** The reason with which an act is refused; undefined when it is not. */
export const refusalOf = (act: Promise<unknown>): Promise<string | undefined> =>
  act.then(
    () => undefined,
    error => error.key ?? String(error),
  )

/** A question that one person wrote and another reviewed: its code. */
export async function aReviewed(author: Actor, reviewer: Actor, fields: Partial<KeptItem> = {}): Promise<string> {
  const { code } = await keepItem(author, aQuestion(fields))
  const [version] = await versionsOf(author, code)
  await reviewItem(reviewer, 'RMC-01', code, version!.hash)
  return code
}
