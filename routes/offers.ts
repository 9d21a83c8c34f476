import { type Request, type Response, Router } from 'express'
import { answerOffer, offerAt } from '../models/placing.ts'
import { found } from './guards.ts'
import { wordsIn } from './present/words.ts'

/** A place held for the first in line. The link of the mail is its own key: no sign-in, and a button, since scanners follow links. */
export const offers = Router()

offers.get('/offers/:token', show)

offers.post('/offers/:token/acceptance', answered('take'))
offers.post('/offers/:token/refusal', answered('decline'))

async function show(req: Request, res: Response) {
  const offer = await found(offerAt(String(req.params.token)))
  const state =
    offer.status === 'enrolled' ? 'taken' : offer.status === 'withdrawn' ? 'declined' : offer.live ? 'open' : 'over'
  res.set('Cache-Control', 'private, no-store').set('Referrer-Policy', 'no-referrer')
  res.render('offers/show', {
    page: {
      state,
      code: offer.code,
      title: wordsIn(offer.title, req.lang),
      until: offer.offeredUntil,
      address: `/${req.lang}/offers/${req.params.token}`,
    },
  })
}

function answered(answer: 'take' | 'decline') {
  return async (req: Request, res: Response) => {
    const offer = await found(offerAt(String(req.params.token)))
    await answerOffer(offer, answer)
    res.redirect(303, `/${req.lang}/offers/${req.params.token}`)
  }
}
