import { type Request, type Response, Router } from 'express'
import { within } from '../../lib/limits.ts'
import { cellsApart } from '../../models/bilingual/reading-apart.ts'
import { rowsIn } from '../../models/bilingual/sheet.ts'
import { pieceName } from '../../models/curriculum/pieces.ts'
import { liveDraft, partsOfDraft } from '../../models/draft.ts'
import { exportTranslation } from '../../models/exporting-translations.ts'
import {
  compareTranslation,
  keepTranslation,
  keptTranslation,
  useTranslation,
} from '../../models/importing-translations.ts'
import { translates } from '../../models/policies/draft.ts'
import { formOf, orAgain } from '../forms/again.ts'
import { contentIn } from '../forms/drafts.ts'
import { tableBy } from '../forms/translations.ts'
import { found, idOf, permit, unhurried } from '../guards.ts'
import { comparedPage, translationAddress, TRANSLATIONS } from '../present/translations.ts'
import { draftAt, pieceAt, workshopOnly } from './drafts.ts'
import { showTranslation } from './translations.ts'

/** A piece as a bilingual table, out and back: looked at segment by segment, then taken into the draft whole or not at all. */
export const translationFiles = Router()

const TABLES = `${TRANSLATIONS}/:piece/tables`
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
/** Opening a table takes a thread of its own. */
const TRIES = { points: 30, seconds: 600 }

translationFiles.post(`${TRANSLATIONS}/:piece/table`, workshopOnly, async (req: Request, res: Response) => {
  const { piece, published } = await pieceAt(req)
  permit(translates(req.actor))
  const draft = await liveDraft(piece.kind, piece.code)
  const content = draft ? contentIn(await partsOfDraft(draft.id)) : published
  await orAgain(req, res, showTranslation, async () => {
    const file = await exportTranslation(req.actor, piece, content)
    res
      .attachment(`${pieceName(piece)}-en-ru.xlsx`)
      .type(XLSX)
      .send(file)
  })
})

translationFiles.post(TABLES, workshopOnly, async (req: Request, res: Response) => {
  const { piece, draft } = await draftAt(req)
  permit(translates(req.actor))
  unhurried(await within('translation-import', String(req.actor.id), TRIES))
  let id = ''
  const done = await orAgain(req, res, showTranslation, async () => {
    const { path, name } = tableBy(req)
    const rows = rowsIn(pieceName(piece), await cellsApart(path))
    id = await keepTranslation(req.actor, { draftId: draft.id, name, rows })
  })
  if (done) res.redirect(303, `/${req.lang}${translationAddress(piece)}/tables/${id}`)
})

translationFiles.get(`${TABLES}/:file`, workshopOnly, showTable)

translationFiles.post(`${TABLES}/:file`, workshopOnly, async (req: Request, res: Response) => {
  const { piece, draft } = await draftAt(req)
  const { id } = await found(keptTranslation(req.actor, draft.id, idOf(req.params.file)))
  permit(translates(req.actor))
  const act = () => useTranslation(req.actor, draft.id, id, String(req.body.mark ?? ''))
  if (await orAgain(req, res, showTable, act))
    res.redirect(303, `/${req.lang}${translationAddress(piece)}?done=translation-imported`)
})

async function showTable(req: Request, res: Response) {
  const { piece, draft, parts } = await draftAt(req)
  const kept = await found(keptTranslation(req.actor, draft.id, idOf(req.params.file)))
  permit(translates(req.actor))
  const { compared, mark } = compareTranslation(kept, parts)
  res.render('manage/translations/table', {
    page: { ...comparedPage(req, piece, compared), id: kept.id, file: kept.name, mark, form: formOf(req) },
  })
}
