import { readFile } from 'node:fs/promises'
import type { Config } from '../../lib/config.ts'
import { inTransaction, one } from '../../lib/db.ts'
import { keep } from '../../lib/storage.ts'
import type { Actor } from '../../models/actor.ts'
import { sendEvaluation } from '../../models/evaluating.ts'
import { dayEvaluationOf } from '../../models/evaluating-days.ts'
import { shareMaterials } from '../../models/sharing-materials.ts'
import { daysAgo, personOf } from './acting.ts'
import { WEEK } from './week.ts'

/** Files of the week's training, and what its participants said of its first day: yesterday. */

const FOLDER = new URL('materials/', import.meta.url)
const at = (name: string) => `${name}@rtcm.example`

type DemoFile = {
  name: string
  type: string
  language: string
  /** From the first day of the training, counted from 0. */
  day: number
  visible: 'before' | 'after'
  title: { en: string; ru: string }
}

const FILES: DemoFile[] = [
  {
    ...{ name: 'sorting-ten-cases.pdf', type: 'application/pdf', language: 'en', day: 0, visible: 'before' },
    title: { en: 'Handout: sorting ten cases', ru: 'Раздаточный материал: десять случаев' },
  },
  {
    ...{ name: 'words-for-the-group.txt', type: 'text/plain', language: 'ru', day: 1, visible: 'before' },
    title: { en: 'Words for work in groups', ru: 'Слова для работы в группах' },
  },
  {
    ...{ name: 'table-with-three-faults.csv', type: 'text/csv', language: 'en', day: 2, visible: 'after' },
    title: { en: 'A table with three faults', ru: 'Таблица с тремя ошибками' },
  },
]

const SAID: [string, [number, number, number], string?][] = [
  ['aibek', [5, 4, 4], 'Больше времени на случаи с границы.'],
  ['mehrangez', [4, 4, 3], 'Говорите медленнее, пожалуйста: перевод не успевает.'],
  ['shirin', [5, 5, 4], 'Share the table before the session.'],
  ['giulia', [4, 5, 5]],
  ['nigar', [4, 3, 4], 'One more break in the afternoon.'],
  ['jasur', [5, 4, 4]],
]

/** Shares the files and tells of yesterday, once. */
export async function fillMaterials({ uploadsDir }: Pick<Config, 'uploadsDir'>) {
  const training = await one<{ id: string; there: boolean }>(
    'demo.shelf',
    `select id, exists (select 1 from materials m where m.training_id = t.id) as there from trainings t where code = $1`,
    [WEEK],
  )
  if (!training || training.there) return
  const kept = await Promise.all(FILES.map(each => keptIn(uploadsDir, each)))
  await inTransaction(async () => {
    const coordinator = await personOf(at('coordinator'))
    for (const { name, type, title, language, day, visible, sha256, size } of kept) {
      const files = [{ file: { name, type, sha256, size }, title }]
      const sessionId = await lectureOf(training.id, day)
      await daysAgo(3, () => shareMaterials(coordinator, training.id, { sessionId, language, visible, files }), day)
    }
    for (const [index, [name, scales, change]] of SAID.entries())
      await daysAgo(1, async () => tellsOf(await personOf(at(name)), scales, change), EVENING + index)
  })
}

async function keptIn(uploadsDir: string, file: DemoFile) {
  const bytes = await readFile(new URL(file.name, FOLDER))
  return { ...file, sha256: await keep(uploadsDir, bytes), size: bytes.length }
}

/** Minutes after ten in the morning: the sessions of the day are over. */
const EVENING = 9 * 60

async function lectureOf(trainingId: string, day: number): Promise<string> {
  const row = await one<{ id: string }>(
    'demo.lecture',
    `select s.id from sessions s join trainings t on t.id = s.training_id
     where t.id = $1 and s.kind = 'session' and s.wall_start::date = t.starts_on + $2::int order by s.starts_at limit 1`,
    [trainingId, day],
  )
  return row!.id
}

async function tellsOf(person: Actor, scales: [number, number, number], change?: string) {
  const yesterday = Temporal.Now.plainDateISO('Asia/Baku').subtract({ days: 1 }).toString()
  const place = await dayEvaluationOf(person, WEEK, yesterday)
  if (!place) return
  const ids = place.questions.filter(question => question.type === 'scale').map(({ id }) => id)
  const answers = Object.fromEntries(ids.map((id, index) => [id, scales[index]!]))
  await sendEvaluation(place, { ...answers, ...(change ? { change } : {}) }, person.locale)
}
