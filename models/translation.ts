import { one, sql } from '../lib/db.ts'
import { now } from '../lib/time.ts'
import type { Words } from './course.ts'
import { partHash, type Piece } from './curriculum/pieces.ts'
import { HASH } from './curriculum/text-hash.ts'
import { PIECES } from './curriculum/workshop.ts'
import { type DraftPart, type DraftStatus, historyOf, type PieceKind } from './draft.ts'
import { glossaryTerms } from './glossary.ts'
import { type TermUse, termsUsed } from './glossary-use.ts'
import { contentIn, englishHash, wholeText } from './whole-text.ts'

/**
 * What a Russian text needs: there is none yet (`new`), parts of it are `missing`, the English changed since (`stale`), the
 * English is approved and only what is common to both changed (`confirm`), nobody has reviewed it (`review`).
 */
export const NEEDS = ['new', 'missing', 'stale', 'confirm', 'review'] as const
export type Need = (typeof NEEDS)[number]

/** What somebody is asked to do: to translate, or to read the Russian against the English. */
export type Work = 'translation' | 'review'

/** Who does it, by which day (in Baku). */
export type Task = { id: string; work: Work; personId: string; name: string; dueOn: string }

/** A piece in the queue, and the language it is brought into. */
export type Translation = Omit<Piece, 'kind'> & {
  kind: PieceKind | 'glossary'
  language: string
  moduleTitle: Words
  title: Words
  need: Need
  /** State of its draft; null while nobody has begun one. */
  stage: Stage | null
  task: Task | null
  /** Terms of the glossary in the English (`termsUsed`). */
  terms: TermUse[]
}

/** Where the work on a text stands: its draft, or its rendition in a language agreed for a training. */
export type Stage = DraftStatus | 'in_work' | 'translated' | 'reviewed'

type Text = Record<string, string>
type Row = Omit<Translation, 'language' | 'need' | 'terms'> & {
  reviewed: boolean
  en: Text
  ru: Text
  /** Of a draft: what is common to both languages, with its words. */
  all: Record<string, unknown> | null
  /** Of a draft: hash of the English its Russian translates. */
  sourceHash: string | null
  /** Of what is published: whether the English changed since. */
  stale: boolean
}

/** What is to be done for the Russian of every module, in the order of the curriculum: by two statements. */
export async function translations(): Promise<Translation[]> {
  const rows = await sql<Row>('translation.queue', QUEUE)
  const terms = await glossaryTerms()
  return rows.flatMap(({ reviewed, sourceHash, stale, en: english, ru: russian, all, ...piece }) => {
    const content = { en: english, ru: russian, all: all ?? {} }
    const [en, ru] = [wholeText(content, 'en'), wholeText(content, 'ru')]
    const need = needOf({ ...piece, reviewed, en, ru, sourceHash, stale })
    return need ? [{ ...piece, language: 'ru', need, terms: termsUsed(en, ru, terms) }] : []
  })
}

function needOf({ en, ru, stage, reviewed, sourceHash, stale }: Omit<Row, 'all'>): Need | null {
  const lacks = (field: string) => Boolean(en[field]) && !ru[field]
  if (en.body === '' || stage === 'ru_reviewed') return null
  if (lacks('body')) return 'new'
  if (Object.keys(en).some(lacks)) return 'missing'
  if (stage === null ? stale : partHash(en) !== sourceHash) return 'stale'
  if (stage === 'en_approved') return 'confirm'
  return stage === 'ru_translated' || !reviewed ? 'review' : null
}

const TEXT = (
  language: string,
) => `(select x.body from texts x where x.owner_kind = p.owner_kind and x.owner_id = p.owner_id
  and x.field = p.field and x.language = '${language}')`

/** A language of a piece `p` as it is published; `v` is the version of its module where it is a card. */
export const PUBLISHED = (language: string) => `case when p.kind = 'card'
  then jsonb_build_object('title', v.title ->> '${language}', 'aim', v.aim ->> '${language}',
    'audience', v.audience ->> '${language}', 'summary', v.assessment_summary ->> '${language}')
  else jsonb_build_object('title', p.title ->> '${language}', 'body', coalesce(${TEXT(language)}, '')) end`

const CONTENT = (language: string) => `coalesce(d.${language}, ${PUBLISHED(language)})`

/** Hash of the English that a published Russian text translates, where the English is another one by now. */
const STALE_SOURCE = `(select x.source_hash from texts x where x.owner_kind = p.owner_kind and x.owner_id = p.owner_id
  and x.field = p.field and x.language = 'ru' and x.source_hash <> ${HASH(TEXT('en'))})`

/** Who was asked for a text of `p` in a language, for the work it needs now. */
export const TASK = (language: string, work: string) => `(select jsonb_build_object('id', t.id::text, 'work', t.work,
    'personId', t.person_id::text, 'name', coalesce(w.name_latin, ''), 'dueOn', t.due_on::text)
  from translation_tasks t join people w on w.id = t.person_id where t.kind = p.kind and t.code = p.code
    and t.language = ${language} and t.ended_at is null and t.work = ${work})`

const QUEUE = `${PIECES}
  select p.module, n.module_title as "moduleTitle", p.kind, p.code, p.title, p.reviewed, d.status as stage,
    d.source_hash as "sourceHash", ${CONTENT('en')} as en, ${CONTENT('ru')} as ru, d.all_parts as "all",
    ${STALE_SOURCE} is not null as stale,
    ${TASK(`'ru'`, `case when d.status = 'ru_translated' then 'review' else 'translation' end`)} as task
  from pieces p join newest n on n.module_id = p.module_id
  left join module_versions v on p.kind = 'card' and v.id = p.owner_id
  left join lateral (select f.status, e.content as en, r.content as ru, r.source_hash, a.content as all_parts from drafts f
    join draft_parts e on e.draft_id = f.id and e.part = 'en' join draft_parts r on r.draft_id = f.id and r.part = 'ru'
    join draft_parts a on a.draft_id = f.id and a.part = 'all'
    where f.kind = p.kind and f.code = p.code and f.ended_at is null) d on true
  where p.written or d.status is not null
  order by n.position, p.module, p.place`

/** What the published Russian of a piece translates, where its English changed since; null while it is up to it. */
export async function staleSource({ kind, code }: Pick<Piece, 'kind' | 'code'>): Promise<string | null> {
  const row = await one<{ hash: string | null }>(
    'translation.stale-source',
    `${PIECES} select ${STALE_SOURCE} as hash from pieces p where p.kind = $1 and p.code = $2`,
    [kind, code],
  )
  return row?.hash ?? null
}

/** Something a person is asked to do and can do now. */
export type OwnTranslation = Pick<Translation, 'kind' | 'code' | 'title' | 'language'> & {
  work: Work
  dueOn: string
}

/** What waits for this person, what is due first above: while the English is in work, nothing does. */
export const ownTranslations = (personId: string): Promise<OwnTranslation[]> =>
  sql<OwnTranslation>(
    'translation.own',
    `${PIECES}
     select t.kind, t.code, coalesce(p.title, '{}') as title, t.language, t.work, t.due_on::text as "dueOn"
     from translation_tasks t left join pieces p on p.kind = t.kind and p.code = t.code
     left join drafts d on t.language = 'ru' and d.kind = t.kind and d.code = t.code and d.ended_at is null
     left join renditions r on r.kind = t.kind and r.code = t.code and r.language = t.language
     where t.person_id = $1 and t.ended_at is null and case t.work
       when 'review' then d.status = 'ru_translated' or r.status = 'translated'
       else (d.status is null or d.status = 'en_approved') and r.status is distinct from 'translated' end
     order by t.due_on, t.id`,
    [personId],
  )

/** Somebody who translates for the Center. */
export type Translator = { id: string; name: string }

const TRANSLATORS = `select p.id, coalesce(p.name_latin, '') as name from people p
  join accounts a on a.person_id = p.id and a.verified_at is not null and a.suspended_at is null
  where p.erased_at is null and ($2::bigint is null or p.id = $2) and exists (select from role_grants g
    where g.person_id = p.id and g.role = 'translator' and g.valid_from <= $1 and (g.valid_to is null or g.valid_to > $1))
  order by p.name_latin, p.id`

/** Everybody who can be asked to translate, by name. */
export const translators = (): Promise<Translator[]> =>
  sql<Translator>('translation.translators', TRANSLATORS, [now(), null])

/** The same person, if they are one. */
export const translatorOf = (personId: string): Promise<Translator | undefined> =>
  one<Translator>('translation.translators', TRANSLATORS, [now(), personId])

/**
 * What changed in the English of a draft since its Russian was made: the English before and now; null while the Russian is
 * up to it. `before` is null when that text is not kept.
 */
export async function sourceChange(draftId: string, parts: DraftPart[]) {
  const { sourceHash } = parts.find(({ part }) => part === 'ru')!
  const content = contentIn(parts)
  if (!sourceHash || englishHash(content) === sourceHash) return null
  const [texts, common] = [await historyOf(draftId, 'en'), await historyOf(draftId, 'all')]
  const earlier = texts.flatMap(en =>
    common.map(all => wholeText({ ...content, en: en.content, all: all.content }, 'en')),
  )
  return { before: earlier.find(text => partHash(text) === sourceHash) ?? null, now: wholeText(content, 'en') }
}
