import type { Request } from 'express'
import type { FileKind } from '../../lib/file-kinds.ts'
import type { KeptFile } from '../../models/attaching.ts'
import { Refused } from '../../models/refused.ts'
import type { FieldError } from '../request.ts'
import { filesOf } from './materials.ts'

/** Kinds of files that are taken beside a work or a request. */
export const ATTACHED_KINDS = ['pdf', 'docx', 'odt', 'png', 'jpg'] as const satisfies FileKind[]

export type Way = { kind: 'save' } | { kind: 'check' } | { kind: 'remove'; file: string }

/** Which button was pressed on a page with files. */
export function wayOf(body: Record<string, unknown>): Way {
  const go = String(body.go ?? '')
  const [, file] = /^remove-([1-9]\d{0,17})$/.exec(go) ?? []
  if (file) return { kind: 'remove', file }
  return { kind: go === 'check' ? 'check' : 'save' }
}

/**
 * The files of the post that are what they say they are, kept and added one by one; the others with their reasons.
 * @param full the reason with which `add` refuses one too many, and the words that name those left over
 */
export async function addFiles(
  req: Request,
  full: { reason: string; words: string },
  add: (file: KeptFile) => Promise<unknown>,
): Promise<FieldError[]> {
  const { files, errors } = await filesOf(req, ATTACHED_KINDS)
  for (const [index, file] of files.entries())
    try {
      await add(file)
    } catch (error) {
      if (!(error instanceof Refused) || error.key !== full.reason) throw error
      const left = files.slice(index).map(each => each.name)
      errors.push({ field: 'files', text: req.t(full.words, { ...error.data, names: left.join(', ') }) })
      break
    }
  return errors
}
