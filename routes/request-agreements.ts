import { type Request, type Response, Router } from 'express'
import { agreeToOffer } from '../models/agreeing.ts'
import { leads } from '../models/policies/request.ts'
import { offersOf } from '../models/request-offer.ts'
import { formOf, orAgain } from './forms/again.ts'
import { found, permit } from './guards.ts'
import { offerPage } from './present/offers-of-requests.ts'
import { joinedRequest } from './requests.ts'
import { focalPoint } from './states.ts'

/** Offers of the Center as the State reads them, and its agreement. */
export const agreements = Router()

const PATH = '/state/requests'

agreements.get(`${PATH}/:code/offers/:number`, focalPoint, showOffer)

async function showOffer(req: Request, res: Response) {
  const request = await joinedRequest(req)
  const offers = await offersOf(request.id, false)
  const offer = await found(offers.find(({ number }) => String(number) === req.params.number))
  const latest = offers[0] === offer
  res.render('requests/offer', {
    page: {
      ...offerPage(req, request, offer, latest),
      agrees: latest && request.status === 'offered' && !offer.stateAgreedAt && leads(req.actor, request),
      form: formOf(req),
    },
  })
}

agreements.post(`${PATH}/:code/offers/:number/agreement`, focalPoint, async (req, res) => {
  const request = await joinedRequest(req)
  permit(leads(req.actor, request))
  const offer = await found(
    (await offersOf(request.id, false)).find(({ number }) => String(number) === req.params.number),
  )
  if (!(await orAgain(req, res, showOffer, () => agreeToOffer(req.actor, request, offer.number, 'state')))) return
  res.redirect(303, `/${req.lang}${PATH}/${request.code}/offers/${offer.number}?done=offer-agreed`)
})
