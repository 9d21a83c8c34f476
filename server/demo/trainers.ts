import type { DemoPerson } from './people.ts'

/** Trainers of the network beside the one who signs in, all invented. */
export const DEMO_TRAINERS: DemoPerson[] = [
  {
    email: 'gulnoza@rtcm.example',
    does: 'trainer',
    name: 'Gulnoza Tursunova',
    cyrillic: 'Гулноза Турсунова',
    sex: 'woman',
    country: 'UZ',
    agency: 'academia',
    organization: 'Institute of Labor Studies',
    locale: 'ru',
    zone: 'Asia/Tashkent',
    grants: [{ role: 'trainer' }],
  },
  {
    email: 'marco@rtcm.example',
    does: 'trainer',
    name: 'Marco Rinaldi',
    sex: 'man',
    country: 'IT',
    agency: 'migration',
    organization: 'Migration department',
    locale: 'en',
    zone: 'Europe/Rome',
    grants: [{ role: 'trainer' }],
  },
]
