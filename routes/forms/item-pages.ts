import { readFile } from 'node:fs/promises'
import type { Request } from 'express'
import { fileTypeFromBuffer } from 'file-type'
import { type BankModule, asFiled, type ItemVersion } from '../../models/item.ts'
import { ITEM_TYPES, type ItemType } from '../../models/items/kind.ts'
import { KINDS } from '../../models/items/kinds.ts'
import type { KeptItem } from '../../models/keeping-items.ts'
import type { FieldError } from '../request.ts'
import { blankOf, type Fields, fieldsOf, numberOf, rawOf, wordFields } from './items.ts'

/** The form of a question: what every question has, and the inputs of its kind. */

export const isItemType = (text: unknown): text is ItemType => ITEM_TYPES.includes(text as ItemType)

const list = (text: unknown) =>
  String(text ?? '')
    .split(/[\s,;]+/)
    .filter(Boolean)

/** A posted form as the question it is, whatever is wrong with it. */
export function itemOf(module: string, type: ItemType, fields: Fields, code?: string): KeptItem {
  const points = numberOf(String(fields.points ?? '').trim())
  return {
    ...{ module, ...(code ? { code } : {}), type },
    ...{ outcome: String(fields.outcome ?? ''), difficulty: String(fields.difficulty ?? '') },
    ...(points === undefined ? {} : { points }),
    ...{ tags: list(fields.tags), sources: list(fields.sources) },
    ...rawOf([PROMPT, ...KINDS[type].inputs], fields),
  }
}

const PROMPT = { as: 'words', name: 'prompt' } as const

/** The form filled with a version, for its next one or for another question like it. */
export function fieldsOfItem(version: ItemVersion): Record<string, string> {
  const { type, outcome, difficulty, points = 1, tags = [], sources, prompt, ...content } = asFiled(version)
  return {
    ...{ outcome, difficulty, points: String(points), tags: (tags as string[]).join(', ') },
    ...{ sources: (sources as string[]).join(', '), ...wordFields(prompt, 'prompt') },
    ...fieldsOf(KINDS[type].inputs, content),
  }
}

/** The form of a new question. True and false need no typing. */
export function fieldsOfNew(type: ItemType, { outcomes }: BankModule, words: (key: string) => Record<string, string>) {
  const content = blankOf(KINDS[type].inputs)
  const options = type === 'true_false' ? (content.options as Fields[]) : []
  for (const [index, option] of options.entries()) option.text = words(index ? 'false' : 'true')
  return {
    outcome: outcomes[0]?.code ?? '',
    difficulty: 'medium',
    points: '1',
    ...fieldsOf(KINDS[type].inputs, content),
  }
}

const LARGEST = 64 * 1024
const PICTURES = ['image/png', 'image/jpeg', 'image/webp']

/** Puts posted pictures into their fields, as the question keeps them; returns what could not be taken. */
export async function takePictures(req: Request): Promise<FieldError[]> {
  const errors: FieldError[] = []
  for (const file of Array.isArray(req.files) ? req.files : []) {
    const field = file.fieldname.replace(/\.file$/, '')
    const bytes = file.size > LARGEST ? undefined : await readFile(file.path)
    const kind = bytes && (await fileTypeFromBuffer(bytes))
    if (!file.size) continue
    if (!bytes)
      errors.push({ field: fieldId(field), text: req.t('items.errors.pictureLarge', { name: file.originalname }) })
    else if (!kind || !PICTURES.includes(kind.mime))
      errors.push({ field: fieldId(field), text: req.t('items.errors.pictureKind', { name: file.originalname }) })
    else req.body[field] = `data:${kind.mime};base64,${bytes.toString('base64')}`
  }
  if (req.uploadError)
    errors.push({ field: '', text: req.t('items.errors.pictureLarge', { name: req.uploadName ?? '' }) })
  return errors
}

/** The id of a field or of a list, from its name. */
export const fieldId = (name: string): string => name.replaceAll('.', '-')
