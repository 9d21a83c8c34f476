import { inTransaction, one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { record } from './audit.ts'
import { type Logo, roomForLogo } from './changing-settings.ts'
import { insist } from './refused.ts'
import { type Settings, setting } from './settings.ts'

type Signatories = Settings['signatories']

/** Who signs the certificates of a training: its own signatories, else those of the Center. */
export const signersOf = async (own: Signatories | null): Promise<Signatories> =>
  own?.length ? own : setting('signatories')

/** Whether anybody can sign anything yet: the Center's signatories, or those of some training. */
export async function someoneSigns(): Promise<boolean> {
  if ((await setting('signatories')).length) return true
  return Boolean(
    await one('signing.some', `select 1 as there from trainings where jsonb_array_length(signatories) > 0 limit 1`),
  )
}

/** Own signatories for the certificates of one training from now on; null goes back to those of the Center. */
export function signOwn(actor: Actor, trainingId: string, signatories: Signatories | null): Promise<void> {
  return inTransaction(async () => {
    await sql('signing.signatories', 'update trainings set signatories = $2::jsonb where id = $1', [
      trainingId,
      signatories && JSON.stringify(signatories),
    ])
    await record(actor, 'training.signatories', 'training', trainingId, { signatories })
  })
}

/** Logos on the certificates of a training, in their order: its own where it has some, else those of the Center. */
export const logosOf = (trainingId: string): Promise<Logo[]> =>
  sql<Logo>(
    'signing.logos',
    `select f.id, f.name, f.sha256 from trainings t
     cross join lateral jsonb_array_elements_text(coalesce(t.logos, (select value from settings where key = 'logos'), '[]'))
       with ordinality as l(id, place)
     join files f on f.id = l.id::bigint where t.id = $1 order by l.place`,
    [trainingId],
  )

/** Whether a training has logos of its own, and the logo of its project if it has one. */
export async function logoChoices(trainingId: string): Promise<{ own: boolean; project: string | null }> {
  const row = await one<{ own: boolean; project: string | null }>(
    'signing.choices',
    `select t.logos is not null as own, p.logo_id as project from trainings t left join projects p on p.id = t.project_id
     where t.id = $1`,
    [trainingId],
  )
  return row!
}

/** Adds a picture, kept already under its SHA-256, to the logos of a training; those shown until now stay before it. */
export const addOwnLogo = (actor: Actor, trainingId: string, logo: { sha256: string; size: number; name: string }) =>
  changeLogos(actor, trainingId, async ids => {
    insist(roomForLogo(ids.length))
    const file = await one<{ id: string }>(
      'signing.logo-file',
      `insert into files (sha256, type, size, name, owner_kind, owner_id, uploaded_by, uploaded_at)
       values ($1, 'image/svg+xml', $2, $3, 'training', $4, $5, $6) returning id`,
      [logo.sha256, logo.size, logo.name, trainingId, actor.id, now()],
    )
    return [...ids, file!.id]
  })

/** Adds the logo of the training's project, once. */
export const addProjectLogo = (actor: Actor, trainingId: string) =>
  changeLogos(actor, trainingId, async ids => {
    const { project } = await logoChoices(trainingId)
    if (!project || ids.includes(project)) return ids
    insist(roomForLogo(ids.length))
    return [...ids, project]
  })

/** Takes a logo off future certificates of this training; issued ones keep it. */
export const removeOwnLogo = (actor: Actor, trainingId: string, id: string) =>
  changeLogos(actor, trainingId, async ids => ids.filter(each => each !== id))

/** Back to the logos of the Center. */
export const logosOfCenter = (actor: Actor, trainingId: string) => changeLogos(actor, trainingId, async () => null)

function changeLogos(
  actor: Actor,
  trainingId: string,
  change: (ids: string[]) => Promise<string[] | null>,
): Promise<void> {
  return inTransaction(async () => {
    await sql('signing.lock', 'select id from trainings where id = $1 for update', [trainingId])
    const ids = await change((await logosOf(trainingId)).map(({ id }) => id))
    await sql('signing.set-logos', 'update trainings set logos = $2::jsonb where id = $1', [
      trainingId,
      ids && JSON.stringify(ids),
    ])
    await record(actor, 'training.logos', 'training', trainingId, { logos: ids })
  })
}
