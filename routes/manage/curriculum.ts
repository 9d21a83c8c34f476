import { type Request, type Response, Router } from 'express'
import { Readable } from 'node:stream'
import { archiveOf } from '../../lib/archives.ts'
import { keptStream } from '../../lib/storage.ts'
import { now } from '../../lib/time.ts'
import { exportCurriculum, exportFiles, exportPictures } from '../../models/curriculum/exporting.ts'
import { workshop, type WorkshopModule, type WorkshopPiece } from '../../models/curriculum/workshop.ts'
import { publishes } from '../../models/policies/draft.ts'
import { uploadsOf } from '../forms/materials.ts'
import { permit } from '../guards.ts'
import { pieceAddress, stateTag, WORKSHOP } from '../present/drafts.ts'
import { wordsIn } from '../present/words.ts'
import { workshopOnly } from './drafts.ts'

/** The workshop of the curriculum: every module, its pieces, and what is being done to them. */
export const manageCurriculum = Router()

manageCurriculum.get(WORKSHOP, workshopOnly, async (req: Request, res: Response) => {
  const modules = await workshop()
  res.render('manage/curriculum/index', {
    page: { modules: modules.map(module => moduleRow(req, module)), mayExport: publishes(req.actor).ok },
  })
})

/** The curriculum as it is in force, as the files it can be loaded from. */
manageCurriculum.get(`${WORKSHOP}/files.zip`, workshopOnly, async (req: Request, res: Response) => {
  permit(publishes(req.actor))
  const at = now()
  const texts = [...(await exportCurriculum()), ...(await exportPictures())].map(([name, content]) => {
    const bytes = Buffer.from(content)
    return { name, size: bytes.length, open: () => Readable.from([bytes]) }
  })
  const files = (await exportFiles()).map(({ name, size, sha256 }) => {
    return { name, size, open: () => keptStream(uploadsOf(req), sha256) }
  })
  const entries = [...texts, ...files].map(({ name, ...file }) => ({ ...file, at, name: `curriculum/${name}` }))
  const { stream, size, close } = await archiveOf(entries)
  res.attachment('curriculum.zip').set('Content-Length', String(size))
  res.once('close', close)
  stream.pipe(res)
})

function moduleRow(req: Request, { code, title, version, pieces }: WorkshopModule) {
  return {
    code,
    title: wordsIn(title, req.lang),
    version,
    ready: pieces.filter(({ draft }) => draft === 'ru_reviewed').length,
    publication: `${WORKSHOP}/${code}/publication`,
    pieces: pieces.map(piece => pieceRow(req, piece)),
  }
}

const pieceRow = (req: Request, piece: WorkshopPiece) => ({
  href: pieceAddress(piece),
  title: piece.kind === 'lesson' ? wordsIn(piece.title, req.lang) : req.t(`drafts.kind.${piece.kind}`),
  code: piece.kind === 'lesson' ? piece.code : '',
  state: piece.draft ? stateTag(req, piece.draft) : null,
  inForce: req.t(`drafts.${!piece.written ? 'unwritten' : piece.reviewed ? 'bothLanguages' : 'notReviewed'}`),
  remarks: piece.openRemarks,
})
