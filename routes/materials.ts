import { createHash } from 'node:crypto'
import { pipeline } from 'node:stream/promises'
import { type Request, type Response, Router } from 'express'
import { archiveOf } from '../lib/archives.ts'
import { keptStream } from '../lib/storage.ts'
import { openOn, type SharedMaterial, shelfOf } from '../models/material.ts'
import { uploadsOf } from './forms/materials.ts'
import { found, idOf, signedIn } from './guards.ts'
import { guarded, sendKept } from './kept-files.ts'
import { archivePaths, downloadName, shelfPage } from './present/materials.ts'
import { speakerOf } from './present/moments.ts'

/** Materials of a training for people with a place in it: a page, each file, and all in one archive. */
export const materials = Router()

const PATH = '/trainings/:code/materials'

materials.get(PATH, signedIn, async (req: Request<{ code: string }>, res) => {
  const shelf = await found(shelfOf(req.actor, req.params.code))
  res.render('materials/index', { page: shelfPage(req, shelf) })
})

/** All that is open to this reader now. Its mark changes with what is in it, so a second look costs nothing. */
materials.get(`${PATH}.zip`, signedIn, async (req: Request<{ code: string }>, res) => {
  const shelf = await found(shelfOf(req.actor, req.params.code))
  const open = await found(openOn(shelf).length ? openOn(shelf) : undefined)
  const paths = archivePaths(speakerOf(req), open)
  const mark = createHash('sha256').update(JSON.stringify([paths, open.map(each => each.sha256)]))
  const name = `${shelf.training.code}-${req.lang}.zip`
  guarded(res, { type: 'application/zip', name }, mark.digest('hex'))
  if (req.fresh) return void res.status(304).end()
  await sendArchive(req, res, open, paths)
})

materials.get(`${PATH}/:id`, signedIn, async (req: Request<{ code: string; id: string }>, res) => {
  const shelf = await found(shelfOf(req.actor, req.params.code))
  const id = idOf(req.params.id)
  const material = await found(openOn(shelf).find(each => each.id === id))
  const { sha256, type } = material
  await sendKept(res, uploadsOf(req), { sha256, type, name: downloadName(material) }, { again: true })
})

async function sendArchive(req: Request, res: Response, open: SharedMaterial[], paths: string[]) {
  const folder = uploadsOf(req)
  const entries = open.map(({ sha256, size, addedAt }, index) => ({
    ...{ name: paths[index]!, size, at: addedAt },
    open: () => keptStream(folder, sha256),
  }))
  const { stream, size, close } = await archiveOf(entries)
  if (size > 0) res.set('Content-Length', String(size))
  if (req.method === 'HEAD') return void res.end()
  try {
    await pipeline(stream, res)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error
  } finally {
    close()
  }
}
