import { one, sql } from '../../../lib/db.ts'
import { now } from '../../../lib/time.ts'
import { record } from '../../audit.ts'
import type { FormContent } from '../content.ts'
import type { Deed, Loading } from '../loading.ts'

type Version = { id: string; number: number; contentHash: string; published: boolean }

/** Proposes a version of a form when its file changed; an unpublished one is written over, a published one never. */
export async function loadForm({ form, hash }: FormContent, { publish, actor }: Loading): Promise<Deed> {
  await sql('curriculum.form', 'insert into forms (code) values ($1) on conflict (code) do nothing', [form.code])
  const newest = await newestForm(form.code)
  const values = [
    ...[form.anonymous, ...[form.title, form.intro, form.questions].map(part => JSON.stringify(part)), hash],
    ...[form.parts ? JSON.stringify(form.parts) : null, form.version],
  ]
  let version = newest
  if (newest?.contentHash !== hash) {
    version =
      newest && !newest.published
        ? await one<Version>(
            'curriculum.form-again',
            `update form_versions set anonymous = $2, title = $3, intro = $4, questions = $5, content_hash = $6,
               parts = $7, version = $8
             where id = $1 returning id, number, content_hash as "contentHash", false as published`,
            [newest.id, ...values],
          )
        : await one<Version>(
            'curriculum.form-version',
            `insert into form_versions (form_id, number, anonymous, title, intro, questions, content_hash, parts,
               version)
             select id, $2, $3, $4, $5, $6, $7, $8, $9 from forms where code = $1
             returning id, number, content_hash as "contentHash", false as published`,
            [form.code, (newest?.number ?? 0) + 1, ...values],
          )
    await record(actor, 'form.proposed', 'form_version', version!.id, { code: form.code, number: version!.number })
  }
  const publishing = publish && !version!.published
  if (publishing) await publishForm(version!.id)
  const deed = publishing ? 'published' : newest?.contentHash === hash ? 'unchanged' : 'proposed'
  return { code: form.code, deed, version: String(version!.number), leftAlone: [] }
}

/** The newest version of a form, published or not. */
export function newestForm(code: string): Promise<Version | undefined> {
  return one<Version>(
    'curriculum.form-newest',
    `select v.id, v.number, v.content_hash as "contentHash", v.published_at is not null as published
     from form_versions v join forms f on f.id = v.form_id where f.code = $1 order by v.number desc limit 1`,
    [code],
  )
}

export async function publishForm(id: string) {
  await sql(
    'curriculum.form-publish',
    'update form_versions set published_at = $2 where id = $1 and published_at is null',
    [id, now()],
  )
}
