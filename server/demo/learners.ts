import type { DemoPerson } from './people.ts'

type Named = Pick<DemoPerson, 'email' | 'name' | 'cyrillic' | 'own' | 'ownScript'>
type Placed = Pick<DemoPerson, 'sex' | 'country' | 'agency' | 'organization' | 'locale' | 'zone'>

const learner = (named: Named, placed: Placed): DemoPerson => ({ ...named, ...placed, does: 'learner', grants: [] })
const at = (name: string) => `${name}@rtcm.example`

/** Further learners, one or two of each State, all invented. Their sign-in is the demo's, though nobody announces it. */
export const DEMO_LEARNERS: DemoPerson[] = [
  learner(
    { email: at('aibek'), name: 'Aibek Toktogulov', cyrillic: 'Айбек Токтогулов' },
    { ...man('KG', 'Asia/Bishkek'), agency: 'border', organization: 'Border Service', locale: 'ru' },
  ),
  learner(
    { email: at('mehrangez'), name: 'Mehrangez Nazarova', cyrillic: 'Мехрангез Назарова' },
    { ...woman('TJ', 'Asia/Dushanbe'), agency: 'labor', organization: 'Ministry of Labor', locale: 'ru' },
  ),
  learner(
    { email: at('elif'), name: 'Elif Yilmaz', own: 'Elif Yılmaz', ownScript: 'tr' },
    { ...woman('TR', 'Europe/Istanbul'), agency: 'migration', organization: 'Migration Directorate', locale: 'en' },
  ),
  learner(
    { email: at('shirin'), name: 'Shirin Ahmadi', own: 'شیرین احمدی', ownScript: 'fa' },
    { ...woman('IR', 'Asia/Tehran'), agency: 'foreign', organization: 'Ministry of Foreign Affairs', locale: 'en' },
  ),
  learner(
    { email: at('giulia'), name: 'Giulia Conti' },
    { ...woman('IT', 'Europe/Rome'), agency: 'academia', organization: 'University institute', locale: 'en' },
  ),
  learner(
    { email: at('ayesha'), name: 'Ayesha Khan', own: 'عائشہ خان', ownScript: 'ur' },
    { ...woman('PK', 'Asia/Karachi'), agency: 'police', organization: 'Investigation Agency', locale: 'en' },
  ),
  learner(
    { email: at('ogulgerek'), name: 'Ogulgerek Annayeva', cyrillic: 'Огульгерек Аннаева' },
    { ...woman('TM', 'Asia/Ashgabat'), agency: 'migration', organization: 'State Migration Service', locale: 'ru' },
  ),
  learner(
    { email: at('jasur'), name: 'Jasur Rahimov', cyrillic: 'Жасур Рахимов' },
    { ...man('UZ', 'Asia/Tashkent'), agency: 'labor', organization: 'Migration Agency', locale: 'ru' },
  ),
  learner(
    {
      email: at('nigar'),
      name: 'Nigar Huseynova',
      cyrillic: 'Нигяр Гусейнова',
      own: 'Nigar Hüseynova',
      ownScript: 'az',
    },
    { ...woman('AZ', 'Asia/Baku'), agency: 'migration', organization: 'State Migration Service', locale: 'en' },
  ),
  learner(
    { email: at('yerlan'), name: 'Yerlan Abenov', cyrillic: 'Ерлан Абенов' },
    { ...man('KZ', 'Asia/Almaty'), agency: 'police', organization: 'Migration Police', locale: 'ru' },
  ),
  learner(
    { email: at('farhod'), name: 'Farhod Sharipov', cyrillic: 'Фарҳод Шарипов' },
    { ...man('TJ', 'Asia/Dushanbe'), agency: 'civil_society', organization: 'Legal Aid Society', locale: 'ru' },
  ),
  learner(
    { email: at('kamran'), name: 'Kamran Siddiqui' },
    { ...man('PK', 'Asia/Karachi'), agency: 'labor', organization: 'Bureau of Emigration', locale: 'en' },
  ),
  learner(
    { email: at('nino'), name: 'Nino Beridze' },
    { ...woman('GE', 'Asia/Tbilisi'), agency: 'youth', organization: 'Youth council', locale: 'en' },
  ),
  learner(
    { email: at('anara'), name: 'Anara Osmonova', cyrillic: 'Анара Осмонова' },
    { ...woman('KG', 'Asia/Bishkek'), agency: 'statistics', organization: 'Statistics Committee', locale: 'ru' },
  ),
]

function woman(country: string, zone: string) {
  return { sex: 'woman' as const, country, zone }
}

function man(country: string, zone: string) {
  return { sex: 'man' as const, country, zone }
}
