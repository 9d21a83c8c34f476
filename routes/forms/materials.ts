import type { Request } from 'express'
import { z } from 'zod'
import { endingOf, FILE_KINDS, type FileFault, type FileKind, kindOf } from '../../lib/file-kinds.ts'
import { cleanName, titleFrom } from '../../lib/file-names.ts'
import { keepFile } from '../../lib/storage.ts'
import { OFFICIAL_LANGUAGES } from '../../models/official-languages.ts'
import type { KeptFile } from '../../models/attaching.ts'
import { houseOf } from '../house.ts'
import type { FieldError } from '../request.ts'

/** Largest file, in MB, and how many at once: as the posted body is read. */
export const LARGEST = 20
export const MOST_AT_ONCE = 10

const EVERY_KIND = Object.keys(FILE_KINDS) as FileKind[]

const title = z.string().max(200, 'materials.errors.long').default('')

/** What is said of a material. Titles may be left out where a file's name can stand in. */
const fields = z.object({
  session: z
    .string()
    .regex(/^([1-9]\d{0,17})?$/, 'refusals.material.session')
    .default(''),
  titleEn: title,
  titleRu: title,
  language: z.enum(OFFICIAL_LANGUAGES, 'materials.errors.language'),
  visible: z.enum(['before', 'after'], 'materials.errors.visible'),
})

type Values = z.infer<typeof fields>

const bothOrNone = ({ titleEn, titleRu }: Values, context: z.RefinementCtx) => {
  if (Boolean(titleEn) === Boolean(titleRu)) return
  const path = [titleEn ? 'titleRu' : 'titleEn']
  context.addIssue({ code: 'custom', path, message: 'materials.errors.both' })
}

export const newMaterialForm = fields.superRefine(bothOrNone)

export const materialForm = fields.superRefine((values, context) => {
  for (const path of ['titleEn', 'titleRu'] as const)
    if (!values[path]) context.addIssue({ code: 'custom', path: [path], message: `materials.errors.${path}` })
})

/** The other part of those values: which session, in which language, from when. */
export const aboutOf = ({ session, language, visible }: Values) => ({ sessionId: session || null, language, visible })

/** The words for a file: those that were typed, else its name in both languages, to be translated later. */
export function titleOf({ titleEn, titleRu }: Values, name: string) {
  const own = titleFrom(name)
  return titleEn ? { en: titleEn, ru: titleRu } : { en: own, ru: own }
}

type Taken = { files: KeptFile[]; errors: FieldError[] }

/**
 * The posted files by their content: those that are what their name says are kept, each other one is named with the
 * reason. A file that was too large for the reading of the body is named by its upload.
 * @param kinds those that are taken here, all that people are given where nothing is said
 */
export async function filesOf(req: Request, kinds: readonly FileKind[] = EVERY_KIND): Promise<Taken> {
  const taken: Taken = { files: [], errors: [] }
  const wrong = (key: string, name: string, more: Record<string, unknown> = {}) =>
    taken.errors.push({ field: 'files', text: req.t(`materials.errors.${key}`, { name, count: LARGEST, ...more }) })
  if (req.uploadError) {
    const name = cleanName(req.uploadName ?? '')
    if (req.uploadError === 'LIMIT_FILE_COUNT') wrong('many', name, { count: MOST_AT_ONCE })
    else wrong(req.uploadError === 'LIMIT_FILE_SIZE' ? 'large' : 'mangled', name)
    return taken
  }
  for (const file of Array.isArray(req.files) ? req.files : []) {
    if (file.fieldname !== 'files' || (!file.originalname && !file.size)) continue
    const name = cleanName(file.originalname)
    const kind = await kindOf(file.path, name)
    if ('fault' in kind) wrong(kind.fault, name, faultWords(req, kind.fault, kind.found, name, kinds))
    else if (!kinds.includes(kind.kind)) wrong('name', name, { kinds: kindsInWords(req, kinds) })
    else taken.files.push({ name, type: FILE_KINDS[kind.kind].type, ...(await keepFile(uploadsOf(req), file.path)) })
  }
  return taken
}

export const uploadsOf = (req: Request): string => houseOf(req).config.uploadsDir

/** "PDF, Word (DOCX), …": what is taken, in words. */
export const kindsInWords = (req: Request, kinds: readonly FileKind[] = EVERY_KIND): string =>
  kinds.map(kind => req.t(`materials.kinds.${kind}`)).join(', ')

type Words = [fault: FileFault, found: string | undefined, name: string, kinds: readonly FileKind[]]

function faultWords(req: Request, ...[fault, found, name, kinds]: Words) {
  const kind = found && Object.hasOwn(FILE_KINDS, found) ? req.t(`materials.kinds.${found}`) : (found ?? '')
  if (fault === 'mismatch') return { kind, ending: endingOf(name) }
  return { kinds: kindsInWords(req, kinds) }
}
