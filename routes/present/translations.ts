import type { Request } from 'express'
import { CENTER_ZONE, now } from '../../lib/time.ts'
import type { Compared, Deed } from '../../models/bilingual/segments.ts'
import { tableName } from '../../models/bilingual/sheet.ts'
import { pieceName } from '../../models/curriculum/pieces.ts'
import type { TermUse } from '../../models/glossary-use.ts'
import { directionOf } from '../../models/official-languages.ts'
import type { Place } from '../../models/translating.ts'
import { type Need, NEEDS, type OwnTranslation, type Stage, type Translation } from '../../models/translation.ts'
import type { Asked } from '../forms/translations.ts'
import { pieceAddress, stateTag } from './drafts.ts'
import { languageName } from './languages.ts'
import { wordsIn } from './words.ts'

export const TRANSLATIONS = '/manage/translations'

/** The page of a text in the queue, without the language of the page. */
export const translationAddress = ({ language = 'ru', ...piece }: { kind: string; code: string; language?: string }) =>
  `${TRANSLATIONS}/${pieceName(piece)}${language === 'ru' ? '' : `/${language}`}`

const KINDS: { [N in Need]: string } = {
  new: 'todo',
  missing: 'todo',
  stale: 'due',
  confirm: 'current',
  review: 'current',
}

const STAGES = ['draft', 'peer_review', 'en_approved', 'ru_translated', 'in_work', 'translated'] as const

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
      title: rows[0]!.kind === 'glossary' ? req.t('drafts.kind.glossary') : wordsIn(rows[0]!.moduleTitle, req.lang),
      rows: rows.map(each => queueRow(req, each)),
    })),
  }
}

const queueRow = (req: Request, each: Translation) => ({
  href: translationAddress(each),
  ...titleOf(req, each),
  language: languageName(each.language, req.lang),
  need: needTag(req, each.need),
  stage: each.stage && stageTag(req, each.stage),
  task: taskOf(req, each),
  doubted: each.terms.filter(({ kept }) => !kept).length,
})

/** Where the work stands, in words: of a draft, or of a text in an agreed language. */
export const stageTag = (req: Request, stage: Stage) =>
  stage === 'in_work' || stage === 'translated' || stage === 'reviewed'
    ? { word: req.t(`renditions.stage.${stage}`), kind: stage === 'reviewed' ? 'success' : 'current' }
    : stateTag(req, stage)

/** What a piece is called in lists: a lesson by its title, others by what they are. */
export const titleOf = (req: Request, { kind, code, title }: Pick<Translation, 'kind' | 'code' | 'title'>) => ({
  title: kind === 'lesson' ? wordsIn(title, req.lang) : req.t(`drafts.kind.${kind}`),
  code: kind === 'lesson' ? code : '',
})

export const needTag = (req: Request, need: Need) => ({ kind: KINDS[need], word: req.t(`translations.need.${need}`) })

export const taskOf = (req: Request, { task }: Pick<Translation, 'task'>) =>
  task && { ...task, mine: task.personId === req.actor.id, late: isLate(task) }

const isLate = ({ dueOn }: { dueOn: string }) => dueOn < now().toZonedDateTimeISO(CENTER_ZONE).toPlainDate().toString()

function fits(req: Request, { module, language, need, stage, task }: Translation, asked: Asked): boolean {
  const { who } = asked
  return (
    (!asked.module || module === asked.module) &&
    (!asked.language || language === asked.language || (asked.language === 'agreed' && language !== 'ru')) &&
    (!asked.need || need === asked.need) &&
    (!asked.stage || stage === asked.stage) &&
    (!asked.due || (task !== null && isLate(task))) &&
    (!who || (who === 'nobody' ? !task : task?.personId === (who === 'me' ? req.actor.id : who)))
  )
}

/** Choices as links; each says how many there are of it beside the other choices. */
function filterGroups(req: Request, all: Translation[], asked: Asked) {
  const people = new Map(all.flatMap(({ task }) => (task ? [[task.personId, task.name] as const] : [])))
  const languages = [...new Set(['ru', ...all.map(({ language }) => language)])]
  const values: { [K in keyof Asked]: [value: string, label: string][] } = {
    language: [
      ...languages.map((language): [string, string] => [language, languageName(language, req.lang)]),
      ...(languages.length > 1 ? [['agreed', req.t('translations.agreed')] as [string, string]] : []),
    ],
    need: NEEDS.map(need => [need, req.t(`translations.need.${need}`)]),
    who: [
      ...(people.has(String(req.actor.id)) ? [['me', req.t('translations.mine')] as [string, string]] : []),
      ['nobody', req.t('translations.nobodyYet')],
      ...[...people].filter(([id]) => id !== req.actor.id),
    ],
    due: [['late', req.t('duties.late')]],
    stage: STAGES.map(stage => [stage, stageTag(req, stage).word]),
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
  stage: each.stage && { ...stageTag(req, each.stage), next: req.t(`drafts.next.${each.stage}`) },
  task: taskOf(req, each),
  terms: termRows(each.terms),
})

const DEEDS = { new: 'success', stale: 'due', missing: 'todo', unchanged: 'neutral' } as const

/** What becomes of each segment of a table that came back; those that stay as they are are only counted. */
export function comparedPage(req: Request, place: Place, compared: Compared[]) {
  const count = (deed: Deed) => compared.filter(each => each.deed === deed).length
  return {
    address: translationAddress(place),
    name: tableName(pieceName(place), place.language),
    ...{ language: place.language, dir: directionOf(place.language) },
    counts: { new: count('new'), stale: count('stale'), missing: count('missing'), unchanged: count('unchanged') },
    rows: compared
      .filter(({ deed }) => deed !== 'unchanged')
      .map(({ id, en, target, brought, deed }) => ({
        ...{ id, en, target, brought },
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
    text: ownText(req, each),
    dueOn: each.dueOn,
    late: isLate(each),
  }))

function ownText(req: Request, each: OwnTranslation): string {
  const { title } = titleOf(req, each)
  const named = { title, code: pieceName(each) }
  if (each.language === 'ru') return req.t(`translations.own.${each.work}`, named)
  return req.t(`renditions.own.${each.work}`, { ...named, language: languageName(each.language, req.lang) })
}
