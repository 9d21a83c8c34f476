import { inTransaction, one } from '../../lib/db.ts'
import { type Place, assignmentOf } from '../../models/assignment.ts'
import { keepComment } from '../../models/commenting.ts'
import { extend } from '../../models/extending.ts'
import { finalizeMark, returnWork } from '../../models/marking.ts'
import { release } from '../../models/releasing.ts'
import { handIn, saveDraft } from '../../models/submitting.ts'
import { daysAgo, personOf } from './acting.ts'
import { WORKSHOP } from './workshop.ts'

/** Works on the assignment of the workshop: three wait, one was returned, one is marked, one result is released. */

const at = (name: string) => `${name}@rtcm.example`

const WORKS: Record<string, { language: 'en' | 'ru'; body: string }> = {
  ayesha: {
    language: 'en',
    body: `The text: a page of a newspaper of 14 May, "A wave of migrants".

1. Terms. "Migrant" is no legal category here; "refugee" is one, and the paper uses both for the same people. "Illegal" is said of persons; a stay can be irregular, a person cannot.

2. One figure. "12,000 arrived." The border service counted crossings in one month, so it is a flow, and people who crossed twice were counted twice. It does not show who left again.

3. A better passage. "In April the border service recorded 12,000 crossings; how many people these were is not known."

4. My office. Our monthly table should say under each figure who was counted and on which day.`,
  },
  jasur: {
    language: 'ru',
    body: `Текст: сообщение для печати от 3 апреля о трудовых мигрантах.

1. Термины. «Трудовой мигрант» определён в законе, «гастарбайтер» — нет; «нелегал» не является правовой категорией и оскорбляет.

2. Цифра. «За рубежом работают 2 миллиона человек» — это численность, но дата не названа, и не сказано, входят ли сезонные работники.

3. Новый отрывок. «По данным обследования, на 1 января за рубежом работали около 2 миллионов граждан, включая сезонных работников».

4. Моё ведомство. В бланке опроса нужен вопрос о сезонной работе.`,
  },
  nigar: {
    language: 'ru',
    body: `Текст: выступление на семинаре. Разобраны термины «беженец», «лицо, ищущее убежища» и «внутренне перемещённое лицо»; только первые два связаны с международной защитой. Цифра взята из доклада без даты. Отрывок переписан. Предложение: глоссарий на рабочем столе каждого сотрудника.`,
  },
  kamran: {
    language: 'en',
    body: `The text: an article about students who leave. I think the article is not correct because it says "brain drain" and this is negative. The number 5,000 is too high. Better: "Many students study abroad."`,
  },
  farhod: {
    language: 'ru',
    body: `Текст: страница доклада общественной организации. Термины определены по глоссарию МОМ, для каждого сказано, правовая ли это категория. Цифра — численность на середину 2024 года, источник назван. Отрывок стал короче и точнее. Предложение: проверять каждую цифру перед публикацией вдвоём.`,
  },
  nino: {
    language: 'en',
    body: `The text: a blog of a ministry. Four terms are defined with their sources. The figure is a stock of mid-2024, and I say what it leaves out. The passage is rewritten in 60 words. Proposal: a line "as of" in every table of our bulletin; the press office does it, and in June we count how many tables have it.`,
  },
}

/** Fills the works of the workshop, once. */
export async function fillWorks() {
  const training = await one<{ id: string; ends: string; there: boolean }>(
    'demo.works',
    `select t.id, t.ends_on as ends, exists (select 1 from submissions u join enrollments e on e.id = u.enrollment_id
       where e.training_id = t.id) as there from trainings t where t.code = $1`,
    [WORKSHOP],
  )
  if (!training || training.there) return
  const since = Temporal.PlainDate.from(training.ends).until(Temporal.Now.plainDateISO('Asia/Baku')).days
  await inTransaction(() => theWorks(training.id, since))
}

async function theWorks(trainingId: string, since: number) {
  const ids = new Map<string, { id: string; place: Place }>()
  for (const [index, [name, work]] of Object.entries(WORKS).entries())
    await daysAgo(since - 5, async () => void ids.set(name, await handsIn(name, work)), index * 7)
  const [trainer, coordinator] = [await personOf(at('trainer')), await personOf(at('coordinator'))]
  const kamran = ids.get('kamran')!
  await daysAgo(since - 9, () =>
    returnWork(trainer, kamran.id, {
      levels: { terms: 0, figures: 1 },
      comment:
        'You have chosen a good text. Name at least three terms with their sources, and say when the 5,000 were counted.',
    }),
  )
  const judgments: [string, number[], string][] = [
    ['farhod', [2, 2, 2, 1], 'Точный разбор. Назовите, кто проверит цифру вторым.'],
    ['nino', [3, 3, 2, 3], 'A model of how to read a figure. Shorten the new passage a little more.'],
  ]
  for (const [name, places, comment] of judgments)
    await daysAgo(since - 10, () =>
      finalizeMark(trainer, ids.get(name)!.id, { levels: levelsOf(ids.get(name)!.place, places), comment }),
    )
  await daysAgo(since - 10, () => keepComment(trainer, 'Name the source of each definition, with its year.'), 5)
  await daysAgo(since - 11, () => release(coordinator, trainingId, ids.get('nino')!.place.enrollmentId))
  await daysAgo(3, () => extend(coordinator, kamran.place, inAWeek(), 'On leave in the weeks after the workshop.'))
}

async function handsIn(name: string, { body, language }: { body: string; language: string }) {
  const person = await personOf(at(name))
  const place = (await assignmentOf(person, WORKSHOP))!
  await saveDraft(person, place, { body, language, revision: 0 })
  await handIn(person, place)
  const row = await one<{ id: string }>('demo.work', 'select id from submissions where enrollment_id = $1', [
    place.enrollmentId,
  ])
  return { id: row!.id, place }
}

const levelsOf = ({ criteria }: Place, places: number[]) =>
  Object.fromEntries(criteria.map(({ id }, index) => [id, places[index] ?? 0]))

const inAWeek = () =>
  Temporal.Now.plainDateISO('Asia/Baku').add({ days: 7 }).toPlainDateTime(Temporal.PlainTime.from('23:59'))
