import { sql } from '../../lib/db.ts'
import { pieceOf } from '../../models/curriculum/pieces.ts'
import { type Fields, type Rendition, renditionOf } from '../../models/rendition.ts'
import { stepRendition } from '../../models/releasing-renditions.ts'
import { saveRendition } from '../../models/writing-renditions.ts'
import { aCourse } from './courses.ts'
import { anEnrollment, aTraining } from './trainings.ts'
import { aPerson, asActor, cast } from './people.ts'

/** What a translator of Persian makes of a lesson of `aCourse`. */
export const PERSIAN = { title: 'درس نخست', body: '## یک واژه\n\nآنچه این درس دربارهٔ مهاجرت می‌آموزد.' }

/** A training of two lessons for which Persian was agreed, with somebody who learns, and two who translate. */
export async function aPersianTraining(traits: { fallbackLanguage?: 'en' | 'ru' } = {}) {
  const training = await aTraining(await aCourse(), { languages: ['en', 'ru', 'fa'] })
  await sql(null, `update trainings set agreed_condition = 'Letter 12', fallback_language = $2 where id = $1`, [
    training.id,
    traits.fallbackLanguage ?? 'en',
  ])
  const learner = await cast.learner()
  await anEnrollment(training, learner)
  const translates = async (name: string) => {
    const person = await aPerson({
      name,
      email: `${name.split(' ')[0]!.toLowerCase()}@rtcm.example`,
      grants: [{ role: 'translator' }],
    })
    return { ...person, actor: await asActor(person) }
  }
  return {
    training,
    learner,
    translator: await translates('Shirin Rahimi'),
    second: await translates('Farhod Nazarov'),
  }
}

export type PersianTraining = Awaited<ReturnType<typeof aPersianTraining>>

/** A text in Persian as it stands. */
export const persian = async (name = 'RMC-01-L1'): Promise<Rendition> => (await renditionOf(pieceOf(name)!, 'fa'))!

/** Somebody writes it, with its newest revision before their eyes. */
export const write = async (who: { actor: PersianTraining['translator']['actor'] }, text: Fields, name?: string) => {
  const place = await persian(name)
  return saveRendition(who.actor, place, { text, seen: place.revision })
}

/** It is written, said to be done and, by somebody else, to be right. */
export async function release(
  { translator, second }: Pick<PersianTraining, 'translator' | 'second'>,
  text: Fields = PERSIAN,
  name?: string,
) {
  await write(translator, text, name)
  for (const [who, step] of [
    [translator, 'translated'],
    [second, 'reviewed'],
  ] as const) {
    const place = await persian(name)
    await stepRendition(who.actor, place, step, { seen: place.revision })
  }
}
