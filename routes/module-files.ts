import { type Request, type Response, Router } from 'express'
import { fileFor } from '../models/module-file.ts'
import { uploadsOf } from './forms/materials.ts'
import { found, signedIn } from './guards.ts'
import { sendKept } from './kept-files.ts'

/** Files beside lessons: for whoever may open a lesson that leads to them. */
export const moduleFiles = Router()

moduleFiles.get('/curriculum/:module/files/:name', signedIn, async (req: Request, res: Response) => {
  const file = await found(fileFor(req.actor, String(req.params.module), String(req.params.name)))
  await sendKept(res, uploadsOf(req), file, { again: true })
})
