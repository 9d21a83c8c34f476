import { type Request, type Response, Router } from 'express'
import { agreeToOffer } from '../../models/agreeing.ts'
import { zoneOf } from '../../models/countries.ts'
import { step } from '../../models/policies/request.ts'
import { answersRequests } from '../../models/policies/request.ts'
import { sendOffer, writeOffer } from '../../models/proposing.ts'
import { centerTrainers, lessonChoices, offersOf, type OfferRow } from '../../models/request-offer.ts'
import { answersFor, type RequestRow } from '../../models/request.ts'
import { again, formOf, orAgain, parse } from '../forms/again.ts'
import { offerForm, termsOf, valuesOfOffer, valuesOfWishes } from '../forms/request-offers.ts'
import { found, permit, staff } from '../guards.ts'
import { offerFields } from '../present/offer-forms.ts'
import { offerPage } from '../present/offers-of-requests.ts'
import { answered, requestAt } from './requests.ts'

/** Offers of the Center to a request: written, sent as numbered versions, confirmed. */
export const manageRequestOffers = Router()

const PATH = '/manage/requests/:code/offers'

manageRequestOffers.get(`${PATH}/new`, staff, showForm)

/** One draft at a time: the form of a new offer and of the one in the making are the same. */
manageRequestOffers.post(`${PATH}/new`, staff, async (req, res) => {
  const request = await answered(req)
  const { values, errors } = parse(req, offerForm)
  if (errors) return again(req, res, showForm, errors)
  let number = 0
  const write = async () => {
    number = await writeOffer(req.actor, request, termsOf(values), values.lessons)
  }
  if (!(await orAgain(req, res, showForm, write))) return
  res.redirect(303, `/${req.lang}/manage/requests/${request.code}/offers/${number}?done=offer-written`)
})

async function showForm(req: Request, res: Response) {
  const request = await answered(req)
  permit(step(request, 'offered'))
  const [last] = await offersOf(request.id, true)
  const common = (await answersFor(req.actor, request.id)).get('') ?? {}
  const wishes = { ...valuesOfWishes(common, request.leadState, request.language) }
  if (wishes.format !== 'live_online') wishes.zone = zoneOf(request.leadState) ?? 'Asia/Baku'
  const form = formOf(req, last ? valuesOfOffer(last) : wishes)
  res.render('manage/requests/offer-form', {
    page: {
      code: request.code,
      title: request.title,
      number: last && !last.sentAt ? last.number : (last?.number ?? 0) + 1,
      ...offerFields(req, form, await lessonChoices(), await centerTrainers()),
    },
  })
}

manageRequestOffers.get(`${PATH}/:number`, staff, showOffer)

async function showOffer(req: Request, res: Response) {
  const { request, offer, latest } = await offerAt(req)
  const answering = answersRequests(req.actor)
  res.render('manage/requests/offer', {
    page: {
      ...offerPage(req, request, offer, latest),
      draft: !offer.sentAt,
      sends: answering && !offer.sentAt && step(request, 'offered').ok,
      confirms: answering && latest && request.status === 'offered' && !offer.centerAgreedAt,
      renews: answering && latest && Boolean(offer.sentAt) && step(request, 'offered').ok,
      form: formOf(req),
    },
  })
}

manageRequestOffers.post(`${PATH}/:number/sending`, staff, async (req, res) => {
  const { request, offer } = await offerAt(req)
  permit(answersRequests(req.actor))
  if (!(await orAgain(req, res, showOffer, () => sendOffer(req.actor, request, offer.number)))) return
  res.redirect(303, `/${req.lang}/manage/requests/${request.code}?done=offer-sent`)
})

manageRequestOffers.post(`${PATH}/:number/agreement`, staff, async (req, res) => {
  const { request, offer } = await offerAt(req)
  permit(answersRequests(req.actor))
  if (!(await orAgain(req, res, showOffer, () => agreeToOffer(req.actor, request, offer.number, 'center')))) return
  res.redirect(303, `/${req.lang}/manage/requests/${request.code}?done=offer-agreed`)
})

/** The offer of this address. `latest`: the newest of those that were sent, or the one in the making. */
async function offerAt(req: Request): Promise<{ request: RequestRow; offer: OfferRow; latest: boolean }> {
  const request = await requestAt(req)
  const offers = await offersOf(request.id, true)
  const offer = await found(offers.find(({ number }) => String(number) === req.params.number))
  const latest = offer === offers.find(({ sentAt }) => sentAt) || !offer.sentAt
  return { request, offer, latest }
}
