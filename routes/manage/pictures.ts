import { readFile } from 'node:fs/promises'
import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { addPicture } from '../../models/adding-pictures.ts'
import { writtenModuleOf } from '../../models/curriculum/exporting.ts'
import { usesOf } from '../../models/file-uses.ts'
import { LARGEST_PICTURE, PICTURE_NAME, pictureAddress, picturesOf, pictureType } from '../../models/module-picture.ts'
import { writes } from '../../models/policies/draft.ts'
import { removeFile } from '../../models/removing-files.ts'
import { again, formOf, orAgain, parse } from '../forms/again.ts'
import { found, permit } from '../guards.ts'
import { WORKSHOP } from '../present/drafts.ts'
import { endOf } from '../present/module-files.ts'
import { workshopOnly } from './drafts.ts'

/** Pictures of a module's lessons: added with what they show, in both languages, and with the line that shows them. */
export const managePictures = Router()

const PATH = `${WORKSHOP}/:module/pictures`

managePictures.get(PATH, workshopOnly, show)

managePictures.post(PATH, workshopOnly, async (req: Request, res: Response) => {
  const { card } = await moduleAt(req)
  permit(writes(req.actor))
  const { values, errors = [] } = parse(req, pictureForm)
  const picture = await posted(req)
  if (!values || 'fault' in picture) {
    const fault = 'fault' in picture ? [{ field: 'files', text: req.t(`drafts.errors.${picture.fault}`) }] : []
    return again(req, res, show, [...errors, ...fault])
  }
  const alternative = { en: values.altEn, ru: values.altRu }
  if (!(await orAgain(req, res, show, () => addPicture(req.actor, card.code, { ...picture, alternative })))) return
  res.redirect(303, `/${req.lang}${WORKSHOP}/${card.code}/pictures?done=picture-added`)
})

managePictures.post(`${PATH}/:name/removal`, workshopOnly, async (req: Request, res: Response) => {
  const { card } = await moduleAt(req)
  permit(writes(req.actor))
  const picture = { kind: 'picture', module: card.code, name: String(req.params.name) } as const
  if (!(await orAgain(req, res, show, () => removeFile(req.actor, picture)))) return
  res.redirect(303, `/${req.lang}${WORKSHOP}/${card.code}/pictures?done=picture-removed`)
})

const alt = (message: string) => z.string().min(3, message).max(300, 'drafts.errors.altLong')
const pictureForm = z.object({ altEn: alt('drafts.errors.altEn'), altRu: alt('drafts.errors.altRu') })

type Posted = { name: string; type: string; bytes: Buffer } | { fault: string }

/** The posted picture by its bytes, never by what its name or its sender says. */
async function posted(req: Request): Promise<Posted> {
  if (req.uploadError) return { fault: 'pictureLarge' }
  const [file] = Array.isArray(req.files) ? req.files : []
  if (!file?.size) return { fault: 'pictureMissing' }
  if (file.size > LARGEST_PICTURE) return { fault: 'pictureLarge' }
  const name = file.originalname.toLowerCase().replace(/[\s_]+/g, '-')
  const bytes = await readFile(file.path)
  const type = pictureType(bytes)
  if (!type) return { fault: 'pictureKind' }
  return PICTURE_NAME.test(name) ? { name, type, bytes } : { fault: 'pictureName' }
}

const moduleAt = (req: Request) => found(writtenModuleOf(String(req.params.module)))

async function show(req: Request, res: Response) {
  const { card } = await moduleAt(req)
  const pictures = await picturesOf(card.code)
  const uses = await usesOf(pictures.map(({ module, name }) => ({ kind: 'picture', module, name })))
  res.render('manage/curriculum/pictures', {
    page: {
      form: formOf(req),
      code: card.code,
      action: `${WORKSHOP}/${card.code}/pictures`,
      may: writes(req.actor),
      pictures: pictures.map(({ module, name, alternative, size }) => ({
        name,
        src: pictureAddress(module, name),
        kilobytes: Math.ceil(size / 1000),
        ...endOf(req, 'pictures', { module, name }, uses),
        lines: (['en', 'ru'] as const).map(lang => ({ lang, text: `![${alternative?.[lang] ?? ''}](${name})` })),
      })),
    },
  })
}
