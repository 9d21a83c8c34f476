import { WEEK } from '../../server/demo/week.ts'

/** A picture of README or of a guide: whose page it is, and how much of it is shown. */
export type Picture = {
  /** Name of the file in docs/pictures, without its ending. */
  name: string
  path: string
  /** A link of that page to go on by, where its address has a number in it. */
  follow?: RegExp
  /** Who has signed in, without the domain of the demonstration. */
  as?: string
  /** Pixels. */
  width: number
  height: number
  /** Where the picture begins: a guide shows the middle of a page, without the head that all pages share. */
  from?: string
}

const PHONE = { width: 360, height: 640 }
const DESK = { width: 960, height: 620 }

const OF_GUIDES: Picture[] = [
  { name: 'coordinator-home', path: '/home', as: 'coordinator', ...DESK },
  { name: 'planning', path: `/manage/planning?training=${WEEK}`, as: 'coordinator', ...DESK, from: '#strip' },
  { name: 'trainer-day', path: '/teaching', as: 'trainer', ...PHONE },
  { name: 'attendance', path: '/teaching', follow: /\/sessions\/\d+\/attendance$/, as: 'trainer', ...PHONE },
  { name: 'marking', path: '/marking', follow: /\/marking\/\d+$/, as: 'trainer', ...DESK, from: '.marking' },
  { name: 'state', path: '/state', as: 'focalpoint.kz', ...DESK },
]

/** All pictures; those of guides once in each language. */
export const PICTURES: Picture[] = [
  { name: 'course-en', path: '/en/courses/RMC-01', width: 1280, height: 800 },
  {
    name: 'lesson-ru-phone',
    path: '/ru/trainings/RMC-01-2026-SELF/lessons/RMC-01-L1',
    as: 'learner',
    ...{ width: 400, height: 800 },
  },
  ...OF_GUIDES.flatMap(picture =>
    ['en', 'ru'].map(language => ({
      from: 'main',
      ...picture,
      name: `${picture.name}-${language}`,
      path: `/${language}${picture.path}`,
    })),
  ),
]
