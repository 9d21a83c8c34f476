import { type Request, type Response, Router } from 'express'
import { pieceOf } from '../../models/curriculum/pieces.ts'
import { renditionQueue } from '../../models/rendition.ts'
import { giveTranslation, type Place, takeBackTranslation } from '../../models/translating.ts'
import { type Translation, translations } from '../../models/translation.ts'
import { publishes, translates } from '../../models/policies/draft.ts'
import { again, orAgain, parse } from '../forms/again.ts'
import { askedOf, askingForm } from '../forms/translations.ts'
import { found, permit } from '../guards.ts'
import { askingPart } from '../present/asking.ts'
import { queuePage, translationAddress, TRANSLATIONS, translationPage } from '../present/translations.ts'
import { workshopOnly } from './drafts.ts'
import { IN, renditionAt, showRendition } from './renditions.ts'

/** The queue of translation: what each language of the curriculum needs, who does it and by when. */
export const manageTranslations = Router()

export const ONE = `${TRANSLATIONS}/:piece`

const queue = async () => [...(await translations()), ...(await renditionQueue())]

manageTranslations.get(TRANSLATIONS, workshopOnly, async (req: Request, res: Response) => {
  res.render('manage/translations/index', { page: queuePage(req, await queue(), askedOf(req.query)) })
})

manageTranslations.get(ONE, workshopOnly, showTranslation)

for (const path of [ONE, IN]) {
  manageTranslations.post(`${path}/task`, workshopOnly, async (req: Request, res: Response) => {
    const place = await placeAt(req)
    permit(publishes(req.actor))
    const { values, errors } = parse(req, askingForm)
    if (errors) return again(req, res, showPlace, errors)
    const act = () => giveTranslation(req.actor, place, { personId: values.person, dueOn: values.dueOn })
    if (await orAgain(req, res, showPlace, act))
      res.redirect(303, `/${req.lang}${translationAddress(place)}?done=translation-given`)
  })

  manageTranslations.post(`${path}/task/ending`, workshopOnly, async (req: Request, res: Response) => {
    const place = await placeAt(req)
    permit(publishes(req.actor))
    await takeBackTranslation(req.actor, place)
    res.redirect(303, `/${req.lang}${translationAddress(place)}?done=translation-taken-back`)
  })
}

/** Whether the address is that of the Russian, or of a language agreed for a training. */
export const isRussian = (req: Request) => req.params.language === undefined
const placeAt = (req: Request): Promise<Place> => (isRussian(req) ? translationAt(req) : renditionAt(req))
/** The page of whatever the address means. */
export const showPlace = (req: Request, res: Response) => (isRussian(req) ? showTranslation : showRendition)(req, res)

/** The piece of the address as its Russian stands in the queue; what needs nothing is not there: 404. */
async function translationAt(req: Request): Promise<Translation> {
  const piece = await found(pieceOf(String(req.params.piece)))
  return found((await translations()).find(({ kind, code }) => kind === piece.kind && code === piece.code))
}

/** The page of a piece in the queue. */
export async function showTranslation(req: Request, res: Response) {
  const translation = await translationAt(req)
  res.render('manage/translations/show', {
    page: {
      ...translationPage(req, translation),
      ...(await askingPart(req, translation)),
      translates: translates(req.actor),
    },
  })
}
