import { type Request, type Response, Router } from 'express'
import { pieceOf } from '../../models/curriculum/pieces.ts'
import { giveTranslation, takeBackTranslation } from '../../models/translating.ts'
import { type Translation, translations, translators } from '../../models/translation.ts'
import { publishes, translates } from '../../models/policies/draft.ts'
import { again, formOf, orAgain, parse } from '../forms/again.ts'
import { askedOf, askingForm } from '../forms/translations.ts'
import { found, permit } from '../guards.ts'
import { queuePage, translationAddress, TRANSLATIONS, translationPage } from '../present/translations.ts'
import { workshopOnly } from './drafts.ts'

/** The queue of translation: what the Russian of the curriculum needs, who does it and by when. */
export const manageTranslations = Router()

const ONE = `${TRANSLATIONS}/:piece`

manageTranslations.get(TRANSLATIONS, workshopOnly, async (req: Request, res: Response) => {
  res.render('manage/translations/index', { page: queuePage(req, await translations(), askedOf(req.query)) })
})

manageTranslations.get(ONE, workshopOnly, showTranslation)

manageTranslations.post(`${ONE}/task`, workshopOnly, async (req: Request, res: Response) => {
  const piece = await translationAt(req)
  permit(publishes(req.actor))
  const { values, errors } = parse(req, askingForm)
  if (errors) return again(req, res, showTranslation, errors)
  const act = () => giveTranslation(req.actor, piece, { personId: values.person, dueOn: values.dueOn })
  if (await orAgain(req, res, showTranslation, act))
    res.redirect(303, `/${req.lang}${translationAddress(piece)}?done=translation-given`)
})

manageTranslations.post(`${ONE}/task/ending`, workshopOnly, async (req: Request, res: Response) => {
  const piece = await translationAt(req)
  permit(publishes(req.actor))
  await takeBackTranslation(req.actor, piece)
  res.redirect(303, `/${req.lang}${translationAddress(piece)}?done=translation-taken-back`)
})

/** The piece of the address as it stands in the queue; what needs nothing is not there: 404. */
async function translationAt(req: Request): Promise<Translation> {
  const piece = await found(pieceOf(String(req.params.piece)))
  return found((await translations()).find(({ kind, code }) => kind === piece.kind && code === piece.code))
}

/** The page of a piece in the queue. */
export async function showTranslation(req: Request, res: Response) {
  const translation = await translationAt(req)
  const { task } = translation
  const gives = publishes(req.actor).ok
  res.render('manage/translations/show', {
    page: {
      ...translationPage(req, translation),
      form: formOf(req, { person: task?.personId ?? '', dueOn: task?.dueOn ?? '' }),
      translates: translates(req.actor),
      people: gives ? (await translators()).map(({ id, name }) => ({ value: id, label: name })) : null,
    },
  })
}
