import { type Request, type Response, Router } from 'express'
import { sheetOf } from '../../lib/sheets.ts'
import { bankModule } from '../../models/item.ts'
import { itemAnalysis } from '../../models/item-analysis.ts'
import { seesBank } from '../../models/policies/item.ts'
import { found, only } from '../guards.ts'
import { analysisSheet, presentAnalysis } from '../present/analysis.ts'
import { BANK } from '../present/items.ts'
import { wordsIn } from '../present/words.ts'

/** What learners' answers say of a module's questions, as a page and as a spreadsheet. */
export const itemAnalyses = Router()

const PATH = `${BANK}/modules/:module/analysis`
const bankOnly = only(seesBank)

const load = (req: Request) => found(bankModule(String(req.params.module)))

itemAnalyses.get(PATH, bankOnly, async (req: Request, res: Response) => {
  const { id, code, title } = await load(req)
  const address = `${BANK}/modules/${code}`
  res.render('manage/items/analysis', {
    page: {
      ...{ code, title: wordsIn(title, req.lang), address, sheet: `${address}/analysis.xlsx` },
      ...presentAnalysis(req, await itemAnalysis(req.actor, id)),
    },
  })
})

itemAnalyses.get(`${PATH}.xlsx`, bankOnly, async (req: Request, res: Response) => {
  const { id, code } = await load(req)
  const { name, headers, rows } = analysisSheet(req, await itemAnalysis(req.actor, id))
  res.attachment(`${code}-questions.xlsx`).send(await sheetOf(name, headers, rows))
})
