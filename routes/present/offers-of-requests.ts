import type { Request } from 'express'
import { readsNames } from '../../models/policies/request.ts'
import type { OfferRow } from '../../models/request-offer.ts'
import type { RequestRow } from '../../models/request.ts'
import { languageNames } from './languages.ts'
import { dayInWords, type Speaker, speakerOf } from './moments.ts'
import { countryName } from './people.ts'
import { wordsIn } from './words.ts'
import { zoneName } from './zones.ts'

/** An offer as a page: what is offered, and who has agreed. */
export function offerPage(req: Request, request: RequestRow, offer: OfferRow, latest: boolean) {
  const say = speakerOf(req)
  const named = readsNames(req.actor, request)
  return {
    code: request.code,
    requestTitle: request.title ?? req.t('requests.untitled'),
    number: offer.number,
    title: wordsIn(offer.title, req.lang),
    sentAt: offer.sentAt,
    latest,
    answerBy: offer.answerBy,
    facts: offerFacts(say, offer),
    lessons: offer.lessons.map(({ code, title, written }) => ({
      code,
      title: wordsIn(title, req.lang),
      written,
    })),
    outline: outlineDays(say, offer),
    inputs: [
      { who: req.t('requests.offer.centerInputs'), lines: lines(wordsIn(offer.centerInputs, req.lang)) },
      { who: req.t('requests.offer.stateInputs'), lines: lines(wordsIn(offer.stateInputs, req.lang)) },
    ],
    agreements: [
      side(req, countryName(request.leadState, req.lang), offer.stateAgreedAt, offer.stateAgreedName, named),
      side(req, req.t('requests.thread.center'), offer.centerAgreedAt, offer.centerAgreedName),
    ],
    agreed: Boolean(offer.stateAgreedAt && offer.centerAgreedAt),
  }
}

/** One side's agreement: who, when, and by whom where the reader may read the name. */
const side = (req: Request, who: string, at: Temporal.Instant | null, name: string | null, named = true) => ({
  who,
  at,
  name: named ? (name ?? req.t('people.erased')) : null,
})

const lines = (text: string) => text.split(/\r?\n/).filter(Boolean)

/** The terms of an offer as rows, in one language. */
export function offerFacts(say: Speaker, offer: OfferRow): { key: string; value: string }[] {
  const { t, lang } = say
  const row = (key: string, value: string | null) => (value ? [{ key: t(`requests.offer.${key}`), value }] : [])
  return [
    ...row('aim', wordsIn(offer.aim, lang)),
    ...row('audience', wordsIn(offer.audience, lang)),
    ...row(
      'dates',
      t('requests.offer.span', { from: dayInWords(say, offer.startsOn), to: dayInWords(say, offer.endsOn) }),
    ),
    ...row('format', t(`courses.formats.${offer.format}`)),
    ...row(
      'place',
      [offer.place && wordsIn(offer.place, lang), offer.hostState && countryName(offer.hostState, lang)]
        .filter(Boolean)
        .join(', '),
    ),
    ...row('zone', zoneName(offer.zone, t)),
    ...row('languages', languageNames(offer.languages, lang)),
    ...row('agreedCondition', offer.agreedCondition),
    ...row('seats', offer.seats === null ? null : String(offer.seats)),
    ...row('hours', t('requests.offer.academicHours', { count: offer.hours })),
    ...row('trainers', offer.trainers.join(', ')),
  ]
}

/** The outline by days of the training. */
export function outlineDays(say: Speaker, { outline, startsOn }: OfferRow) {
  return [...Map.groupBy(outline, ({ day }) => day)]
    .toSorted(([a], [b]) => a - b)
    .map(([number, all]) => ({
      day: dayInWords(
        say,
        Temporal.PlainDate.from(startsOn)
          .add({ days: number - 1 })
          .toString(),
      ),
      lines: all
        .toSorted((a, b) => a.from.localeCompare(b.from))
        .map(({ from, to, title }) => ({ time: `${from}–${to}`, title: wordsIn(title, say.lang) })),
    }))
}
