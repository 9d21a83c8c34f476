import { type Request, type Response, Router } from 'express'
import { pictureBytes } from '../models/module-picture.ts'
import { found } from './guards.ts'

/** Pictures of lessons. A name means the same bytes for ever, so they are fetched once. */
export const modulePictures = Router()

modulePictures.get('/curriculum/:module/pictures/:name', async (req: Request, res: Response) => {
  const { type, bytes } = await found(pictureBytes(String(req.params.module), String(req.params.name)))
  res.set('Cache-Control', 'public, max-age=31536000, immutable')
  res.type(type).send(bytes)
})
