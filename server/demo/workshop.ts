import type { Wanted } from '../../models/booking.ts'
import type { Method } from '../../models/session.ts'

/** The five days in Baku that a coordinator of the demo may copy: twenty sessions, three trainers in turn. */

export const WORKSHOP = 'RMC-01-2026-BAKU'

type Words = { en: string; ru: string }
export type WorkshopPart = {
  from: string
  to: string
  title: Words
  method?: Method
  pause?: boolean
  trainer?: number
}

const session = (from: string, to: string, method: Method, trainer: number, en: string, ru: string): WorkshopPart => ({
  ...{ from, to, method, trainer },
  title: { en, ru },
})
const pause = (from: string, to: string, en: string, ru: string): WorkshopPart => ({
  ...{ from, to, pause: true },
  title: { en, ru },
})

const COFFEE = pause('11:00', '11:15', 'Coffee', 'Кофе')
const LUNCH = pause('12:45', '13:45', 'Lunch', 'Обед')
const TIMES: [string, string][] = [
  ['09:30', '11:00'],
  ['11:15', '12:45'],
  ['13:45', '15:00'],
  ['15:15', '16:30'],
]

type Four = [Method, number, string, string][]

const DAYS: Four[] = [
  [
    ['opening', 0, 'Opening and getting acquainted', 'Открытие и знакомство'],
    ['lecture', 0, 'Words that decide: who is a migrant', 'Слова, которые решают: кто такой мигрант'],
    ['group_work', 1, 'Sorting ten cases', 'Разбор десяти случаев в группах'],
    ['discussion', 1, 'What your forms ask today', 'О чём сегодня спрашивают ваши бланки'],
  ],
  [
    ['lecture', 1, 'Reading figures on migration', 'Как читать показатели миграции'],
    ['exercise', 1, 'A table with three faults', 'Таблица с тремя ошибками'],
    ['case', 2, 'Two offices, two numbers', 'Два ведомства, два числа'],
    ['discussion', 2, 'Which figure goes to the minister', 'Какое число показать министру'],
  ],
  [
    ['lecture', 2, 'Why people move', 'Почему люди переезжают'],
    ['group_work', 2, 'One family, four decisions', 'Одна семья, четыре решения'],
    ['case', 0, 'A season abroad', 'Сезон за границей'],
    ['visit', 0, 'Visit to a service center', 'Посещение центра обслуживания'],
  ],
  [
    ['lecture', 0, 'Who does what in a migration service', 'Кто что делает в миграционной службе'],
    ['exercise', 1, 'One application from hand to hand', 'Одно заявление из рук в руки'],
    ['group_work', 1, 'Where it waits, and why', 'Где оно ждёт и почему'],
    ['discussion', 2, 'What can be shared between offices', 'Чем ведомства могут обмениваться'],
  ],
  [
    ['exercise', 2, 'Each team prepares its answer', 'Каждая группа готовит ответ'],
    ['discussion', 0, 'Teams present', 'Группы выступают'],
    ['test', 1, 'What we can do now', 'Что мы теперь умеем'],
    ['closing', 0, 'Closing', 'Закрытие'],
  ],
]

/** What stands on each day, its breaks among the sessions. */
export const WORKSHOP_DAYS: WorkshopPart[][] = DAYS.map(four => {
  const [first, second, third, fourth] = four.map(([method, trainer, en, ru], index) =>
    session(...TIMES[index]!, method, trainer, en, ru),
  )
  return [first!, COFFEE, second!, LUNCH, third!, fourth!]
})

/** What a session of the workshop needs: one of the trainers, and the room. */
export const needsOf = (part: WorkshopPart, trainers: string[], room: string): Wanted[] =>
  part.pause
    ? []
    : [
        { role: 'trainer', personId: trainers[part.trainer ?? 0]! },
        { role: 'room', resourceId: room },
      ]
