import { type Request, type Response, Router } from 'express'
import { within } from '../../lib/limits.ts'
import { cellsApart } from '../../models/bilingual/reading-apart.ts'
import { rowsIn } from '../../models/bilingual/sheet.ts'
import { pieceName } from '../../models/curriculum/pieces.ts'
import { liveDraft, partsOfDraft } from '../../models/draft.ts'
import { exportTranslation } from '../../models/exporting-translations.ts'
import {
  compareTranslation,
  type Goal,
  keepTranslation,
  keptTranslation,
  type Standing,
  standingIn,
  useTranslation,
} from '../../models/importing-translations.ts'
import { translates } from '../../models/policies/draft.ts'
import type { Place } from '../../models/translating.ts'
import { contentIn } from '../../models/whole-text.ts'
import { formOf, orAgain } from '../forms/again.ts'
import { tableBy } from '../forms/translations.ts'
import { found, idOf, permit, unhurried } from '../guards.ts'
import { comparedPage, translationAddress } from '../present/translations.ts'
import { draftAt, pieceAt, workshopOnly } from './drafts.ts'
import { IN, renditionAt } from './renditions.ts'
import { isRussian, ONE, showPlace } from './translations.ts'

/** A piece as a bilingual table, out and back: looked at segment by segment, then taken over whole or not at all. */
export const translationFiles = Router()

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
/** Opening a table takes a thread of its own. */
const TRIES = { points: 30, seconds: 600 }

for (const path of [ONE, IN]) {
  translationFiles.post(`${path}/table`, workshopOnly, async (req: Request, res: Response) => {
    const { place, standing } = await textAt(req)
    permit(translates(req.actor))
    await orAgain(req, res, showPlace, async () => {
      const { name, file } = await exportTranslation(req.actor, place, standing)
      res
        .attachment(place.language === 'ru' ? `${name}-en-ru.xlsx` : `${name}.xlsx`)
        .type(XLSX)
        .send(file)
    })
  })

  translationFiles.post(`${path}/tables`, workshopOnly, async (req: Request, res: Response) => {
    const { place, goal } = await goalAt(req)
    permit(translates(req.actor))
    unhurried(await within('translation-import', String(req.actor.id), TRIES))
    let id = ''
    const done = await orAgain(req, res, showPlace, async () => {
      const { path, name } = tableBy(req)
      const rows = rowsIn(pieceName(place), place.language, await cellsApart(path))
      id = await keepTranslation(req.actor, goal, { name, rows })
    })
    if (done) res.redirect(303, `/${req.lang}${translationAddress(place)}/tables/${id}`)
  })

  translationFiles.get(`${path}/tables/:file`, workshopOnly, showTable)

  translationFiles.post(`${path}/tables/:file`, workshopOnly, async (req: Request, res: Response) => {
    const { place, goal } = await goalAt(req)
    const { id } = await found(keptTranslation(req.actor, goal, idOf(req.params.file)))
    permit(translates(req.actor))
    const act = () => useTranslation(req.actor, goal, id, String(req.body.mark ?? ''))
    if (await orAgain(req, res, showTable, act))
      res.redirect(303, `/${req.lang}${translationAddress(place)}?done=translation-imported`)
  })
}

async function showTable(req: Request, res: Response) {
  const { place, goal, standing } = await goalAt(req)
  const kept = await found(keptTranslation(req.actor, goal, idOf(req.params.file)))
  permit(translates(req.actor))
  const { compared, mark } = compareTranslation(kept, standing)
  res.render('manage/translations/table', {
    page: { ...comparedPage(req, place, compared), id: kept.id, file: kept.name, mark, form: formOf(req) },
  })
}

/** The text of the address: of Russian, as its draft has it, else as it is published. */
async function textAt(req: Request): Promise<{ place: Place; standing: Standing }> {
  if (!isRussian(req)) return renditionGoal(req)
  const { piece, published } = await pieceAt(req)
  const draft = await liveDraft(piece.kind, piece.code)
  const standing = standingIn(draft ? contentIn(await partsOfDraft(draft.id)) : published)
  return { place: { ...piece, language: 'ru' }, standing }
}

/** The text a table goes into; Russian goes into a draft, and without one there is nothing: 404. */
async function goalAt(req: Request): Promise<{ place: Place; goal: Goal; standing: Standing }> {
  if (!isRussian(req)) return renditionGoal(req)
  const { piece, draft, parts } = await draftAt(req)
  return { place: { ...piece, language: 'ru' }, goal: { draftId: draft.id }, standing: standingIn(contentIn(parts)) }
}

async function renditionGoal(req: Request) {
  const rendition = await renditionAt(req)
  const { kind, code, module, language, en, text: target } = rendition
  const place = { kind, code, module, language }
  return { place, goal: { rendition: place }, standing: { en, target } }
}
