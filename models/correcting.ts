import { inTransaction, one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { record } from './audit.ts'
import { MINISTRY } from './data-notice.ts'
import type { PersonData } from './registering.ts'

const COLUMNS: Record<keyof PersonData, string> = {
  nameLatin: 'name_latin',
  nameCyrillic: 'name_cyrillic',
  nameOwn: 'name_own',
  nameOwnScript: 'name_own_script',
  country: 'country',
  organization: 'organization',
  agencyType: 'agency_type',
  sex: 'sex',
}

const LIST = Object.entries(COLUMNS)
  .map(([key, column]) => `${column} as "${key}"`)
  .join(', ')

/**
 * Corrects a person's own data. Enrollments keep country, agency type and sex as they were, and issued certificates their
 * name. The audit line says which fields changed, not what they said: it outlives erasure.
 */
export async function correct(actor: Actor, data: PersonData): Promise<void> {
  await inTransaction(async () => {
    const before = (await one<PersonData>('correct.before', `select ${LIST} from people where id = $1`, [actor.id]))!
    const keys = Object.keys(COLUMNS) as (keyof PersonData)[]
    const changed = keys.filter(key => before[key] !== data[key])
    if (!changed.length) return
    await sql(
      'correct.set',
      `update people set ${keys.map((key, index) => `${COLUMNS[key]} = $${index + 2}`).join(', ')} where id = $1`,
      [actor.id, ...keys.map(key => data[key])],
    )
    await record(actor, 'person.corrected', 'person', actor.id!, { changed })
  })
}

/** Sets the language of mails and of the first page, and the zone in which times are shown. */
export async function chooseLanguage(actor: Actor, { locale, zone }: { locale: string; zone: string }): Promise<void> {
  await inTransaction(async () => {
    await sql('language.set', 'update people set locale = $2, zone = $3 where id = $1', [actor.id, locale, zone])
    await record(actor, 'person.corrected', 'person', actor.id!, { changed: ['locale', 'zone'] })
  })
}

/** Lets the ministry see that the person takes part, or no longer: a consent to the wording of that page, dated. */
export async function letMinistrySee(actor: Actor, may: boolean): Promise<void> {
  await inTransaction(async () => {
    const changed = await one(
      'ministry.set',
      'update people set ministry_may_see = $2 where id = $1 and ministry_may_see <> $2 returning id',
      [actor.id, may],
    )
    if (!changed) return
    await sql(
      may ? 'ministry.consent' : 'ministry.consent-withdrawn',
      may
        ? 'insert into consents (person_id, purpose, wording_version, given_at) values ($1, $2, $3, $4)'
        : `update consents set withdrawn_at = $4 where person_id = $1 and purpose = $2 and withdrawn_at is null
             and $3::int is not null`,
      [actor.id, MINISTRY.purpose, MINISTRY.version, now()],
    )
    await record(actor, may ? 'ministry.allowed' : 'ministry.refused', 'person', actor.id!)
  })
}
