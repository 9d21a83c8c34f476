import type { Actor } from '../../models/actor.ts'
import type { Plan } from '../../models/arranging.ts'
import { composedCourse, seenOf } from '../../models/composed-course.ts'
import { publishCourse, startCourse } from '../../models/composing.ts'

/** A course of these lessons, complete in both languages: attendance, with the evaluation form, without a test. */
export const aPlan = (codes: string[], more: Partial<Plan> = {}): Plan => ({
  title: { en: 'Borders in a week', ru: 'Границы за неделю' },
  aim: { en: 'Know the words.', ru: 'Знать слова.' },
  audience: { en: 'Border guards', ru: 'Пограничники' },
  theme: 'foundations',
  level: 'foundation',
  hours: null,
  lessons: codes.map(code => ({ code, mandatory: true })),
  kind: 'attendance',
  evaluation: true,
  test: null,
  ...more,
})

/** What somebody has before their eyes of the draft. */
export const seenNow = async (code: string) => seenOf((await composedCourse(code))!.draft!)

export const publish = async (actor: Actor, code: string, note: { en: string; ru: string } | null = null) =>
  publishCourse(actor, code, { seen: await seenNow(code), note })

/** A composed course in the catalog. */
export async function aComposedCourse(actor: Actor, code: string, plan: Plan) {
  await startCourse(actor, code, plan)
  await publish(actor, code)
}
