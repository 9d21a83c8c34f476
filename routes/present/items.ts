import type { Request } from 'express'
import { numberIn } from '../../lib/numbers.ts'
import { mixFor } from '../../models/drawing.ts'
import type { ItemVersion } from '../../models/item.ts'
import type { ItemLine, Step } from '../../models/item-lists.ts'
import type { Typed } from '../../models/items/kinds.ts'
import { isGraded, shareOf } from '../../models/items/kinds.ts'
import type { Value } from '../../models/items/kind.ts'
import type { Words } from '../../models/curriculum/shapes.ts'
import { fieldsOfItem } from '../forms/item-pages.ts'
import { houseOf } from '../house.ts'
import { placesOf } from './item-forms.ts'
import { presentJudged, presentQuestion } from './questions.ts'
import { wordsIn } from './words.ts'

export const BANK = '/manage/bank'
export const itemAddress = (code: string) => `${BANK}/items/${code}`

const STATE_KINDS = { draft: 'todo', reviewed: 'current', in_use: 'success', retired: 'neutral' } as const

export const stateTag = (req: Request, status: ItemVersion['status']) => ({
  kind: STATE_KINDS[status],
  word: req.t(`items.states.${status}`),
})

/** A line of the bank. */
export const itemRow = (req: Request, line: ItemLine) => ({
  code: line.code,
  href: itemAddress(line.code),
  prompt: wordsIn(line.prompt, req.lang),
  outcome: line.outcome,
  type: req.t(`items.types.${line.type}`),
  difficulty: req.t(`items.difficulties.${line.difficulty}`),
  state: stateTag(req, line.status),
  waitsBeside: line.inUse && line.status !== 'in_use',
  tags: line.tags,
  author: line.author,
})

/** The same request as a reader of another language makes it. */
export function inLanguage(req: Request, lang: 'en' | 'ru'): Request {
  return Object.create(req, { lang: { value: lang }, t: { value: houseOf(req).texts.translator(lang) } })
}

type Asked = Typed & { prompt: Words; code: string; points: number }

/**
 * A question in both languages as a learner sees it and, with an answer, as it is told afterwards.
 * @param value an answer to try, empty for none
 */
export function previewOf(req: Request, item: Asked, value: Value) {
  const mix = mixFor('preview', item)
  const share = shareOf(item, value)
  return {
    tried: value.length > 0,
    points: isGraded(item)
      ? { earned: numberIn(req.lang, share * item.points), most: numberIn(req.lang, item.points) }
      : null,
    sides: (['en', 'ru'] as const).map((lang, index) => {
      const reader = inLanguage(req, lang)
      return {
        lang,
        t: reader.t,
        item: presentQuestion(reader, `q${index + 1}`, item, value, mix),
        told: value.length ? presentJudged(reader, item, value, mix) : null,
      }
    }),
  }
}

/** What a version says differently from the one before it: named as in the form, with both texts. */
export function changesBetween(
  req: Request,
  type: ItemVersion['type'],
  was: Record<string, string>,
  is: Record<string, string>,
) {
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])]
  const labels = placesOf(req, type, { ...was, ...is })
  return names
    .filter(name => (was[name] ?? '') !== (is[name] ?? ''))
    .flatMap(name => {
      const label = labels.get(name.replaceAll('.', '-'))?.label
      return label ? [{ label, was: shownValue(req, was[name]), is: shownValue(req, is[name]) }] : []
    })
}

const shownValue = (req: Request, text = '') =>
  text.startsWith('data:') ? req.t('items.aPicture') : text === 'yes' ? req.t('items.yes') : text.slice(0, 400)

/** The versions of an item, each with what it changed and how often it was asked. */
export const versionRows = (req: Request, versions: ItemVersion[], attempts: Map<string, number>) =>
  versions.map((version, index) => {
    const before = versions[index + 1]
    return {
      number: version.number,
      state: stateTag(req, version.status),
      createdAt: version.createdAt.toString(),
      author: version.author ?? (version.origin === 'file' ? req.t('items.fromFiles') : req.t('items.nobody')),
      attempts: attempts.get(version.id) ?? 0,
      first: !before,
      typeChanged: before ? before.type !== version.type : false,
      changes: before ? changesBetween(req, version.type, fieldsOfItem(before), fieldsOfItem(version)) : [],
    }
  })

export const stepRow = (req: Request, step: Step) => ({
  text: req.t(`items.steps.${step.to}`, { number: step.number }),
  at: step.at.toString(),
  by: step.by,
  reason: step.reason,
})
