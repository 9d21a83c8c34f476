import { type Request, type Response, Router } from 'express'
import { numberIn } from '../lib/numbers.ts'
import { within } from '../lib/limits.ts'
import { certificateFor, certificatesOf } from '../models/certificate-file.ts'
import { awaitedBy } from '../models/certificate-lists.ts'
import { fileNameOf, paperOf, printable } from '../models/certificate-printing.ts'
import { found, permit, signedIn, unhurried } from './guards.ts'
import { pressOf } from './house.ts'
import { academicHours, awaited, ownCertificate } from './present/certificates.ts'
import { seenAfterAnswer } from './seen.ts'

export const certificates = Router()

/** Typesetting one takes a few milliseconds, but nobody needs more in a minute. */
const PAPERS = { points: 20, seconds: 60 }

certificates.get('/certificates', signedIn, async (req, res) => {
  const own = await certificatesOf(req.actor.id!)
  const waiting = await awaitedBy(req.actor.id!)
  const [hours, taught] = [academicHours(own, false), academicHours(own, true)]
  const inWords = (count: number) => req.t('certificates.hours', { count, hours: numberIn(req.lang, count) })
  res.render('certificates/index', {
    page: {
      certificates: own.map(file => ownCertificate(file, req.t, req.lang)),
      awaited: waiting.map(row => awaited(row, req.lang)),
      totals: [
        ...(hours || !taught ? [req.t('certificates.total', { hours: inWords(hours) })] : []),
        ...(taught ? [req.t('certificates.totalTaught', { hours: inWords(taught) })] : []),
      ],
    },
  })
})

certificates.get('/certificates/:code.pdf', signedIn, async (req, res) => {
  const file = await found(certificateFor(req.actor, String(req.params.code)))
  permit(printable(file))
  await slowly(req)
  if (file.personId) seenAfterAnswer(req, res, [file.personId], 'certificates')
  sendPdf(res, await paperOf(pressOf(req), file), fileNameOf(file.code))
})

/** A PDF to keep, under a name in letters every system takes and one in the letters people read. */
export function sendPdf(res: Response, pdf: Buffer, name: { ascii: string; utf8: string }) {
  const utf8 = encodeURIComponent(name.utf8).replace(/['()*]/g, sign => `%${sign.charCodeAt(0).toString(16)}`)
  res.set('Content-Disposition', `attachment; filename="${name.ascii}"; filename*=UTF-8''${utf8}`)
  res.set('Cache-Control', 'private, no-store')
  res.type('pdf').send(pdf)
}

/** One paper more for this person, or 429. */
export const slowly = async (req: Request) => unhurried(await within('certificate-paper', req.actor.id!, PAPERS))
