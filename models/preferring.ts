import { inTransaction, one, sql } from '../lib/db.ts'
import { opened, sealed } from '../lib/secrets.ts'
import { now } from '../lib/time.ts'

export type Choice = 'at_once' | 'daily' | 'never'

/**
 * What a person may choose about: mails that help but carry no duty. A reminder of tomorrow or of the next hour would
 * come too late in a daily mail. All other kinds (places, times, tests, certificates, keys) have no choice.
 */
export const TOPICS = {
  'reminder-week': ['at_once', 'daily', 'never'],
  'reminder-day': ['at_once', 'never'],
  'reminder-hour': ['at_once', 'never'],
  'agenda-details': ['at_once', 'daily', 'never'],
  'group-news': ['at_once', 'daily', 'never'],
} as const satisfies Record<string, Choice[]>

export type Topic = keyof typeof TOPICS

/** The daily mail as a whole: who stops it gets nothing of what it collects. */
export const DAILY = 'daily'

export const isTopic = (text: string): text is Topic => Object.hasOwn(TOPICS, text)
export const mayChoose = (topic: Topic, choice: string): choice is Choice =>
  (TOPICS[topic] as readonly string[]).includes(choice)

/** What a person chose for a topic: at once, until they say otherwise. */
export async function choiceOf(personId: string, topic: Topic): Promise<Choice> {
  const row = await one<{ choice: Choice }>(
    'preference.get',
    'select choice from mail_preferences where person_id = $1 and kind = $2',
    [personId, topic],
  )
  return row?.choice ?? 'at_once'
}

/** What a person chose, for every topic. */
export async function choicesOf(personId: string): Promise<Record<Topic, Choice>> {
  const rows = await sql<{ kind: string; choice: Choice }>(
    'preference.all',
    'select kind, choice from mail_preferences where person_id = $1',
    [personId],
  )
  const chosen = new Map(rows.map(row => [row.kind, row.choice]))
  const topics = Object.keys(TOPICS) as Topic[]
  return Object.fromEntries(topics.map(topic => [topic, chosen.get(topic) ?? 'at_once'])) as Record<Topic, Choice>
}

/** Keeps what a person chose. What waits for their daily mail already goes out with it, unless they want none of it. */
export function choose(personId: string, choices: Partial<Record<Topic, Choice>>) {
  return inTransaction(async () => {
    for (const [topic, choice] of Object.entries(choices) as [Topic, Choice][]) {
      if (!mayChoose(topic, choice)) throw new Error(`${choice} is no choice for ${topic}`)
      await sql(
        'preference.set',
        `insert into mail_preferences (person_id, kind, choice, changed_at) values ($1, $2, $3, $4)
         on conflict (person_id, kind) do update set choice = excluded.choice, changed_at = excluded.changed_at
         where mail_preferences.choice <> excluded.choice`,
        [personId, topic, choice, now()],
      )
      if (choice === 'never')
        await sql(
          'preference.drop',
          `delete from mails where person_id = $1 and topic = $2 and digest and digest_id is null and sent_at is null`,
          [personId, topic],
        )
    }
  })
}

/** One click of a mail program: no more of this topic; of the daily mail, no more of all it collects. */
export async function stop(personId: string, what: Topic | typeof DAILY) {
  if (what !== DAILY) return choose(personId, { [what]: 'never' })
  const chosen = Object.entries(await choicesOf(personId)) as [Topic, Choice][]
  const daily = chosen.filter(([, choice]) => choice === 'daily').map(([topic]) => [topic, 'never'])
  return choose(personId, Object.fromEntries(daily))
}

/** The secret that stands in the link to stop a topic: sealed, so that it needs no row and cannot be made up. */
export const stopToken = (dataKey: Buffer, personId: string, what: Topic | typeof DAILY): string =>
  sealed(dataKey, `stop ${personId} ${what}`)

/** What a link to stop is about; undefined when it was not made here. */
export function stopOf(dataKey: Buffer, token: string): { personId: string; what: Topic | typeof DAILY } | undefined {
  try {
    const [verb, personId, what] = opened(dataKey, token).split(' ')
    if (verb !== 'stop' || !personId || !what || !(what === DAILY || isTopic(what))) return undefined
    return { personId, what }
  } catch {
    return undefined
  }
}

/** The language of a person who is still here, or undefined. */
export async function localeOf(personId: string): Promise<string | undefined> {
  const row = await one<{ locale: string }>(
    'preference.locale',
    'select locale from people where id = $1 and erased_at is null',
    [personId],
  )
  return row?.locale
}
