import { brokenConstraint, inTransaction, one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Actor } from './actor.ts'
import { record } from './audit.ts'
import { no, Refused, type Verdict, YES } from './refused.ts'

/**
 * Texts of mails that the Center words otherwise than the file does. The file stays the default; each edit is a row,
 * the last one counts, and a row without a body is the way back to the default.
 */
export type MailText = { key: string; language: string; body: string }
export type MailTextStep = {
  key: string
  number: number
  language: string
  body: string | null
  at: Temporal.Instant
  by: string | null
}

export const LONGEST_TEXT = 2000

/** Names that a text asks to be filled in, in order of the alphabet. */
export const placeholdersOf = (text: string): string[] =>
  [...new Set([...text.matchAll(/\{\{-?\s*([\w.]+)[^}]*\}\}/g)].map(hit => hit[1]!))].sort()

/**
 * Whether a new wording fits its default: the same placeholders, each whole, and nothing that the renderer would take
 * for a command. A form of a plural may leave its count out, as defaults do ("one place").
 */
export function fits(body: string, original: string, key: string): Verdict {
  const wanted = placeholdersOf(original)
  const given = placeholdersOf(body)
  const free = /_(zero|one|two|few|many|other)$/.test(key) ? ['count'] : []
  const missing = wanted.filter(name => !given.includes(name) && !free.includes(name))
  const foreign = given.filter(name => !wanted.includes(name) && !free.includes(name))
  const plain = body.replace(/\{\{\w+\}\}/g, '')
  if (foreign.length) return no('mailText.foreign', { names: shown(foreign) })
  if (missing.length) return no('mailText.missing', { names: shown(missing) })
  if (/\{\{|\}\}|\$t\(/.test(plain)) return no('mailText.broken')
  return YES
}

const shown = (names: string[]) => names.map(name => `{{${name}}}`).join(', ')

/** Texts that read otherwise than their file, by key and language. */
export const editedTexts = (): Promise<MailText[]> =>
  sql<MailText>(
    'mail-text.current',
    `select key, language, body from (
       select distinct on (key, language) key, language, body from mail_texts order by key, language, number desc) last
     where body is not null order by key, language`,
  )

/** A number that changes with every edit: what was made from the texts is good as long as it stays. */
export async function textsVersion(): Promise<string> {
  const row = await one<{ version: string }>(
    'mail-text.version',
    `select coalesce(max(id), 0)::text as version from mail_texts`,
  )
  return row!.version
}

/** Every edit of some texts, the last first. */
export const stepsOf = (keys: string[]): Promise<MailTextStep[]> =>
  sql<MailTextStep>(
    'mail-text.steps',
    `select m.key, m.number, m.language, m.body, m.at, p.name_latin as by
     from mail_texts m left join people p on p.id = m.by_id where m.key = any($1::text[]) order by m.id desc limit 100`,
    [keys],
  )

/** A text of one language before it is worded anew: `seen` is the number of the edit it was made from, 0 for the file. */
export type Known = { key: string; language: string; seen: number }
export type Wording = Known & { body: string; original: string; field: string }

/**
 * Words texts anew, all or none. One that reads as before makes no row; one that reads as its file goes back to the
 * default.
 * @throws Refused when placeholders differ from the default, or somebody else has edited a text meanwhile
 */
export async function wordAnew(actor: Actor, wordings: Wording[]) {
  for (const { key, body, original, field } of wordings) {
    const verdict = fits(body, original, key)
    if (!verdict.ok) throw new Refused(verdict.reason, { ...verdict.data, field })
  }
  await step(
    actor,
    wordings.map(({ body, original, ...known }) => ({ ...known, body: body === original ? null : body })),
  )
}

/** Back to the texts of the files. @throws Refused when somebody else has edited one meanwhile */
export const backToDefault = (actor: Actor, texts: Known[]) =>
  step(
    actor,
    texts.map(each => ({ ...each, body: null })),
  )

async function step(actor: Actor, steps: (Known & { body: string | null })[]) {
  try {
    await inTransaction(async () => {
      for (const { key, language, body, seen } of steps) {
        const last = await lastOf(key, language)
        if (last.number !== seen) throw new Refused('mailText.otherByNow')
        if (last.body === body) continue
        await sql(
          'mail-text.add',
          'insert into mail_texts (key, language, number, body, by_id, at) values ($1, $2, $3, $4, $5, $6)',
          [key, language, seen + 1, body, actor.id, now()],
        )
        await record(actor, body === null ? 'mail-text.reset' : 'mail-text.changed', 'mail_text', key, {
          language,
          number: seen + 1,
          was: last.body,
        })
      }
    })
  } catch (error) {
    // Two at the same moment: the number is unique.
    if (brokenConstraint(error) !== undefined) throw new Refused('mailText.otherByNow')
    throw error
  }
}

/** The last edit of a text in a language; number 0 and no body while there was none. */
export async function lastOf(key: string, language: string): Promise<{ number: number; body: string | null }> {
  const row = await one<{ number: number; body: string | null }>(
    'mail-text.last',
    'select number, body from mail_texts where key = $1 and language = $2 order by number desc limit 1',
    [key, language],
  )
  return row ?? { number: 0, body: null }
}
