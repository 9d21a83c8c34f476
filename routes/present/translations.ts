import type { Request } from 'express'
import { CENTER_ZONE, now } from '../../lib/time.ts'
import type { Compared, Deed } from '../../models/bilingual/segments.ts'
import { type Piece, pieceName } from '../../models/curriculum/pieces.ts'
import type { TermUse } from '../../models/glossary-use.ts'
import { type Need, NEEDS, type OwnTranslation, type Translation } from '../../models/translation.ts'
import type { Asked } from '../forms/translations.ts'
import { pieceAddress, stateTag } from './drafts.ts'
import { wordsIn } from './words.ts'

export const TRANSLATIONS = '/manage/translations'

/** The page of a piece in the queue, without its language. */
export const translationAddress = (piece: Pick<Piece, 'kind' | 'code'>) => `${TRANSLATIONS}/${pieceName(piece)}`

const KINDS: { [N in Need]: string } = {
  new: 'todo',
  missing: 'todo',
  stale: 'due',
  confirm: 'current',
  review: 'current',
}

/** The queue by module, with what can be chosen and how many there are of each. */
export function queuePage(req: Request, all: Translation[], asked: Asked) {
  const shown = all.filter(each => fits(req, each, asked))
  const modules = [...Map.groupBy(shown, ({ module }) => module).values()]
  return {
    all: all.length,
    shown: shown.length,
    groups: filterGroups(req, all, asked),
    modules: modules.map(rows => ({
      code: rows[0]!.module,
      title: wordsIn(rows[0]!.moduleTitle, req.lang),
      rows: rows.map(each => queueRow(req, each)),
    })),
  }
}

const queueRow = (req: Request, each: Translation) => ({
  href: translationAddress(each),
  ...titleOf(req, each),
  need: needTag(req, each.need),
  stage: each.stage && stateTag(req, each.stage),
  task: taskOf(req, each),
  doubted: each.terms.filter(({ kept }) => !kept).length,
})

/** What a piece is called in lists: a lesson by its title, others by what they are. */
const titleOf = (req: Request, { kind, code, title }: Pick<Translation, 'kind' | 'code' | 'title'>) => ({
  title: kind === 'lesson' ? wordsIn(title, req.lang) : req.t(`drafts.kind.${kind}`),
  code: kind === 'lesson' ? code : '',
})

const needTag = (req: Request, need: Need) => ({ kind: KINDS[need], word: req.t(`translations.need.${need}`) })

const taskOf = (req: Request, { task }: Translation) =>
  task && { ...task, mine: task.personId === req.actor.id, late: isLate(task) }

const isLate = ({ dueOn }: { dueOn: string }) => dueOn < now().toZonedDateTimeISO(CENTER_ZONE).toPlainDate().toString()

function fits(req: Request, { module, need, stage, task }: Translation, asked: Asked): boolean {
  const { who } = asked
  return (
    (!asked.module || module === asked.module) &&
    (!asked.need || need === asked.need) &&
    (!asked.stage || stage === asked.stage) &&
    (!asked.due || (task !== null && isLate(task))) &&
    (!who || (who === 'nobody' ? !task : task?.personId === (who === 'me' ? req.actor.id : who)))
  )
}

/** Choices as links; each says how many there are of it beside the other choices. */
function filterGroups(req: Request, all: Translation[], asked: Asked) {
  const people = new Map(all.flatMap(({ task }) => (task ? [[task.personId, task.name] as const] : [])))
  const values: { [K in keyof Asked]: [value: string, label: string][] } = {
    need: NEEDS.map(need => [need, req.t(`translations.need.${need}`)]),
    who: [
      ...(people.has(String(req.actor.id)) ? [['me', req.t('translations.mine')] as [string, string]] : []),
      ['nobody', req.t('translations.nobodyYet')],
      ...[...people].filter(([id]) => id !== req.actor.id),
    ],
    due: [['late', req.t('duties.late')]],
    stage: (['draft', 'peer_review', 'en_approved', 'ru_translated'] as const).map(stage => [
      stage,
      req.t(`drafts.state.${stage}`),
    ]),
    module: [...new Set(all.map(({ module }) => module))].map(module => [module, module]),
  }
  return (Object.keys(values) as (keyof Asked)[]).map(key => ({
    title: req.t(`translations.filter.${key}`),
    items: [['', req.t('translations.filter.all')] as const, ...values[key]].map(([value, label]) => ({
      label,
      href: addressOf(req, { ...asked, [key]: value }),
      current: asked[key] === value,
      all: value === '',
      count: all.filter(each => fits(req, each, { ...asked, [key]: value })).length,
    })),
  }))
}

function addressOf(req: Request, asked: Asked): string {
  const query = new URLSearchParams(Object.entries(asked).filter(([, value]) => value))
  return `/${req.lang}${TRANSLATIONS}${query.size ? `?${query}` : ''}`
}

/** One piece of the queue: what it needs, who does it, its terms. */
export const translationPage = (req: Request, each: Translation) => ({
  address: translationAddress(each),
  piece: pieceAddress(each),
  name: pieceName(each),
  title: wordsIn(each.title, req.lang),
  kindWord: req.t(`drafts.kind.${each.kind}`),
  need: needTag(req, each.need),
  needText: req.t(`translations.needText.${each.need}`),
  stage: each.stage && { ...stateTag(req, each.stage), next: req.t(`drafts.next.${each.stage}`) },
  task: taskOf(req, each),
  terms: termRows(each.terms),
})

const DEEDS = { new: 'success', stale: 'due', missing: 'todo', unchanged: 'neutral' } as const

/** What becomes of each segment of a table that came back; those that stay as they are are only counted. */
export function comparedPage(req: Request, piece: Piece, compared: Compared[]) {
  const count = (deed: Deed) => compared.filter(each => each.deed === deed).length
  return {
    address: translationAddress(piece),
    name: pieceName(piece),
    counts: { new: count('new'), stale: count('stale'), missing: count('missing'), unchanged: count('unchanged') },
    rows: compared
      .filter(({ deed }) => deed !== 'unchanged')
      .map(({ id, en, ru, brought, deed }) => ({
        ...{ id, en, ru, brought },
        deed: { kind: DEEDS[deed], word: req.t(`translations.deed.${deed}`) },
      })),
  }
}

/** Terms of a text, those to look at first. */
export const termRows = (terms: TermUse[]) => terms.toSorted((one, other) => Number(one.kept) - Number(other.kept))

/** What waits for a translator, on their home. */
export const ownTranslationLines = (req: Request, own: OwnTranslation[]) =>
  own.map(each => ({
    href: `/${req.lang}${translationAddress(each)}`,
    text: req.t(`translations.own.${each.work}`, { title: wordsIn(each.title, req.lang), code: pieceName(each) }),
    dueOn: each.dueOn,
    late: isLate(each),
  }))
