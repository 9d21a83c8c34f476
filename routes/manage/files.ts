import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { endingOf, kindNamed } from '../../lib/file-kinds.ts'
import { addFile, renameFile } from '../../models/adding-files.ts'
import { writtenModuleOf } from '../../models/curriculum/exporting.ts'
import { sizeInWords } from '../../models/file-sizes.ts'
import { usesOf } from '../../models/file-uses.ts'
import { FILE_NAME, fileAddress, fileOf, filesOf, LESSON_KINDS, type ModuleFile } from '../../models/module-file.ts'
import { writes } from '../../models/policies/draft.ts'
import { removeFile } from '../../models/removing-files.ts'
import { again, formOf, orAgain, parse } from '../forms/again.ts'
import { filesOf as postedFiles, kindsInWords, LARGEST } from '../forms/materials.ts'
import { found, permit } from '../guards.ts'
import { WORKSHOP } from '../present/drafts.ts'
import { endOf } from '../present/module-files.ts'
import { workshopOnly } from './drafts.ts'

/** Files beside a module's lessons: added with what they are, in both languages, and with the line that leads to them. */
export const manageFiles = Router()

const PATH = `${WORKSHOP}/:module/files`

manageFiles.get(PATH, workshopOnly, show)

manageFiles.post(PATH, workshopOnly, async (req: Request, res: Response) => {
  const code = await moduleAt(req)
  permit(writes(req.actor))
  const { values, errors = [] } = parse(req, titleForm)
  const { files, errors: refused } = await named(req)
  if (!values || refused.length) return again(req, res, show, [...refused, ...errors])
  const add = () => addFile(req.actor, code, { ...files[0]!, title: titleIn(values) })
  if (!(await orAgain(req, res, show, add))) return
  res.redirect(303, `/${req.lang}${WORKSHOP}/${code}/files?done=file-added`)
})

manageFiles.get(`${PATH}/:name`, workshopOnly, showOne)

manageFiles.post(`${PATH}/:name`, workshopOnly, async (req: Request, res: Response) => {
  const file = await fileAt(req)
  permit(writes(req.actor))
  const { values, errors } = parse(req, titleForm)
  if (errors) return again(req, res, showOne, errors)
  await renameFile(req.actor, file, titleIn(values))
  res.redirect(303, `/${req.lang}${WORKSHOP}/${file.module}/files?done=file-renamed`)
})

manageFiles.post(`${PATH}/:name/removal`, workshopOnly, async (req: Request, res: Response) => {
  const module = await moduleAt(req)
  permit(writes(req.actor))
  const file = { kind: 'file', module, name: String(req.params.name) } as const
  if (!(await orAgain(req, res, show, () => removeFile(req.actor, file)))) return
  res.redirect(303, `/${req.lang}${WORKSHOP}/${module}/files?done=file-removed`)
})

const title = (message: string) => z.string().min(3, message).max(200, 'drafts.errors.fileTitleLong')
const titleForm = z.object({ titleEn: title('drafts.errors.fileTitleEn'), titleRu: title('drafts.errors.fileTitleRu') })
const titleIn = ({ titleEn, titleRu }: z.infer<typeof titleForm>) => ({ en: titleEn, ru: titleRu })

/** The one posted file under a name that lessons can write, or why it is not taken. */
async function named(req: Request) {
  const { files, errors } = await postedFiles(req, LESSON_KINDS)
  const say = (key: string) => [{ field: 'files', text: req.t(`drafts.errors.${key}`) }]
  if (errors.length) return { files: [], errors }
  if (files.length !== 1) return { files: [], errors: say('fileMissing') }
  const name = files[0]!.name.toLowerCase().replace(/[\s_]+/g, '-')
  if (!FILE_NAME.test(name)) return { files: [], errors: say('fileName') }
  return { files: [{ ...files[0]!, name }], errors: [] }
}

const moduleAt = async (req: Request) => (await found(writtenModuleOf(String(req.params.module)))).card.code

const fileAt = (req: Request): Promise<ModuleFile> => found(fileOf(String(req.params.module), String(req.params.name)))

async function show(req: Request, res: Response) {
  const code = await moduleAt(req)
  const files = await filesOf(code)
  const uses = await usesOf(files.map(({ module, name }) => ({ kind: 'file', module, name })))
  res.render('manage/curriculum/files', {
    page: {
      form: formOf(req),
      code,
      action: `${WORKSHOP}/${code}/files`,
      may: writes(req.actor),
      hint: req.t('drafts.fileHint', { kinds: kindsInWords(req, LESSON_KINDS), count: LARGEST }),
      accept: LESSON_KINDS.map(kind => `.${kind}`).join(','),
      files: files.map(file => ({ ...fileRow(req, file), ...endOf(req, 'files', file, uses) })),
    },
  })
}

async function showOne(req: Request, res: Response) {
  const file = await fileAt(req)
  permit(writes(req.actor))
  const { en, ru } = file.title
  const row = fileRow(req, file)
  const form = formOf(req, { titleEn: en, titleRu: ru })
  res.render('manage/curriculum/file', { page: { ...row, form, code: file.module } })
}

const fileRow = (req: Request, { module, name, title, size }: ModuleFile) => ({
  name,
  href: fileAddress(module, name),
  edit: `${WORKSHOP}/${module}/files/${name}`,
  kind: req.t(`materials.kinds.${kindNamed(name) ?? endingOf(name)}`),
  size: sizeInWords(req, size),
  lines: (['en', 'ru'] as const).map(lang => ({ lang, text: `[${title[lang]}](${name})` })),
})
