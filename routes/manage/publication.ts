import { type Request, type Response, Router } from 'express'
import { inWords } from '../../models/curriculum/problem.ts'
import { affectedBy } from '../../models/curriculum/workshop.ts'
import { publishes } from '../../models/policies/draft.ts'
import { editionOf, publishDrafts } from '../../models/publishing-drafts.ts'
import { writtenModuleOf } from '../../models/curriculum/exporting.ts'
import { formOf, again, orAgain, parse } from '../forms/again.ts'
import { noteForm } from '../forms/notes.ts'
import { found, permit } from '../guards.ts'
import { pieceAddress, stateTag, WORKSHOP } from '../present/drafts.ts'
import { wordsIn } from '../present/words.ts'
import { workshopOnly } from './drafts.ts'

/** The next version of a module: what would be in force, who is affected, and the word that puts it in force. */
export const managePublication = Router()

const PATH = `${WORKSHOP}/:module/publication`

managePublication.get(PATH, workshopOnly, show)

managePublication.post(PATH, workshopOnly, async (req: Request, res: Response) => {
  const { card } = await moduleAt(req)
  permit(publishes(req.actor))
  const { values, errors } = parse(req, noteForm)
  if (errors) return again(req, res, show, errors)
  if (!(await orAgain(req, res, show, () => publishDrafts(req.actor, card.code, values)))) return
  res.redirect(303, `/${req.lang}${WORKSHOP}?done=module-published`)
})

const moduleAt = (req: Request) => found(writtenModuleOf(String(req.params.module)))

async function show(req: Request, res: Response) {
  const { card } = await moduleAt(req)
  const edition = await editionOf(card.code)
  const affected = await affectedBy(card.code)
  res.render('manage/curriculum/publication', {
    page: {
      form: formOf(req),
      code: card.code,
      title: wordsIn(card.title, req.lang),
      action: `${WORKSHOP}/${card.code}/publication`,
      ready: edition.drafts.map(({ draft }) => draftRow(req, draft)),
      waiting: edition.waiting.map(draft => draftRow(req, draft)),
      moved: edition.moved.map(({ draft }) => draftRow(req, draft)),
      problems: edition.problems.map(each => ({ file: each.file, line: each.line, text: inWords(req.t, each) })),
      major: edition.major,
      affected,
      seen: edition.seen,
      may: publishes(req.actor).ok && edition.drafts.length > 0 && !edition.problems.length && !edition.moved.length,
    },
  })
}

const draftRow = (
  req: Request,
  draft: Parameters<typeof pieceAddress>[0] & { status: Parameters<typeof stateTag>[1] },
) => ({
  href: pieceAddress(draft),
  name: draft.kind === 'lesson' ? draft.code : req.t(`drafts.kind.${draft.kind}`),
  state: stateTag(req, draft.status),
})
