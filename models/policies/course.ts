import type { Actor } from '../actor.ts'
import type { ComposedVersion } from '../composed-course.ts'
import { no, type Verdict, YES } from '../refused.ts'

/** Whether the actor composes courses of the Center. */
export const composes = (actor: Actor): Verdict =>
  actor.is('coordinator') || actor.is('director') ? YES : no('composing.notYours')

/** What stands between a draft and its publication. `lessons`: codes of lessons that cannot be read yet. */
export type Missing =
  | { what: 'titleEn' | 'titleRu' | 'aimEn' | 'aimRu' | 'audienceEn' | 'audienceRu' | 'lessons' | 'mandatory' | 'test' }
  | { what: 'unwritten'; lessons: string[] }
  | { what: 'bank'; outcome: string }

/** @param short outcome that the question bank has too few questions of, if any */
export function missingToPublish(version: ComposedVersion, short: string | undefined): Missing[] {
  const unwritten = version.lessons.filter(({ readable }) => !readable).map(({ code }) => code)
  const missing: Missing[] = (['title', 'aim', 'audience'] as const).flatMap(field =>
    (['en', 'ru'] as const)
      .filter(language => !version[field][language])
      .map(language => ({ what: `${field}${language === 'en' ? 'En' : 'Ru'}` as const })),
  )
  if (!version.lessons.length) missing.push({ what: 'lessons' })
  else if (!version.lessons.some(({ mandatory }) => mandatory)) missing.push({ what: 'mandatory' })
  if (unwritten.length) missing.push({ what: 'unwritten', lessons: unwritten })
  if (version.rules.kind === 'achievement' && !version.test) missing.push({ what: 'test' })
  if (short) missing.push({ what: 'bank', outcome: short })
  return missing
}
