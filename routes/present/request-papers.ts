import type { Request } from 'express'
import type { NeedsAnswers, NeedsForm } from '../../models/needs-form.ts'
import { bothLines, paperLine, type PaperSection, type RecordInputs } from '../../models/record-paper.ts'
import type { LessonChoice, OfferRow } from '../../models/request-offer.ts'
import type { RequestRow } from '../../models/request.ts'
import { centerDay } from '../../models/working-days.ts'
import { bothSpeakers, dayInWords, type Speaker } from './moments.ts'
import { answerSections } from './needs.ts'
import { offerFacts, outlineDays } from './offers-of-requests.ts'
import { countryName } from './people.ts'

type Both = { en: Speaker; ru: Speaker }

const speakers = (req: Request): Both => {
  const [en, ru] = bothSpeakers(req)
  return { en: en!, ru: ru! }
}
const words = ({ en, ru }: Both, say: (speaker: Speaker) => string) => ({ en: say(en), ru: say(ru) })

/** What was submitted: the common part, and the own parts this reader may read, each under its State. */
export function requestPaper(
  req: Request,
  request: RequestRow,
  form: NeedsForm,
  answers: Map<string, NeedsAnswers>,
  lessons: LessonChoice[],
): RecordInputs {
  const both = speakers(req)
  const own = [...answers.keys()].filter(Boolean)
  const on = centerDay(request.submittedAt!).toString()
  return {
    code: request.code,
    title: words(both, ({ t }) => t('requests.paper.request', { code: request.code })),
    subject: [paperLine(request.title ?? request.code)],
    facts: [
      {
        label: words(both, ({ t }) => t('requests.columns.state')),
        value: words(both, say => countryName(request.leadState, say.lang)),
      },
      {
        label: words(both, ({ t }) => t('requests.paper.sent')),
        value: words(both, say => [dayInWords(say, on, 'date'), request.submittedName].filter(Boolean).join(', ')),
      },
    ],
    sections: [
      ...answersOf(both, form, false, answers.get('') ?? {}, lessons, null),
      ...own.flatMap(state => answersOf(both, form, true, answers.get(state)!, lessons, state)),
    ],
    signing: words(both, ({ t }) => t('requests.offer.agreement')),
    signatures: [],
  }
}

function answersOf(
  both: Both,
  form: NeedsForm,
  own: boolean,
  answers: NeedsAnswers,
  lessons: LessonChoice[],
  state: string | null,
): PaperSection[] {
  const [en, ru] = [both.en, both.ru].map(say => answerSections(say, form, own, answers, lessons))
  return en!.flatMap((section, place) => {
    const other = ru![place]!
    if (!section.rows.some(({ given }) => given)) return []
    const of = (speaker: Speaker, title: string) => (state ? `${countryName(state, speaker.lang)}: ${title}` : title)
    return {
      title: { en: of(both.en, section.title), ru: of(both.ru, other.title) },
      rows: section.rows.flatMap((row, index) =>
        row.lines.length
          ? [
              {
                label: { en: row.label, ru: other.rows[index]!.label },
                lines: bothLines(row.lines, other.rows[index]!.lines),
              },
            ]
          : [],
      ),
      tables: section.rows.flatMap(({ tasks }) =>
        tasks?.length
          ? [
              {
                head: ['task', 'required', 'present', 'gap'].map(name =>
                  words(both, ({ t }) => t(`requests.tasks.${name}`)),
                ),
                rows: tasks.map(({ task, required, present, gap }) =>
                  [task, required, present, gap].map(cell => paperLine(String(cell))),
                ),
              },
            ]
          : [],
      ),
    }
  })
}

/** What both have agreed to, with their names and dates. */
export function agreementPaper(req: Request, request: RequestRow, offer: OfferRow): RecordInputs {
  const both = speakers(req)
  const [en, ru] = [offerFacts(both.en, offer), offerFacts(both.ru, offer)]
  const [days, daysRu] = [outlineDays(both.en, offer), outlineDays(both.ru, offer)]
  const title = (key: string) => words(both, ({ t }) => t(`requests.offer.${key}`))
  const side = (who: { en: string; ru: string }, name: string | null, at: Temporal.Instant) => ({
    who,
    name: paperLine(name ?? '–'),
    date: words(both, say => dayInWords(say, centerDay(at).toString(), 'date')),
  })
  return {
    code: request.code,
    title: words(both, ({ t }) => t('requests.paper.agreement', { number: offer.number, code: request.code })),
    subject: bothLines([offer.title.en], [offer.title.ru]),
    facts: [
      {
        label: words(both, ({ t }) => t('requests.columns.state')),
        value: words(both, say => countryName(request.leadState, say.lang)),
      },
    ],
    sections: [
      {
        title: title('terms'),
        rows: en.map(({ key, value }, index) => ({
          label: { en: key, ru: ru[index]!.key },
          lines: bothLines([value], [ru[index]!.value]),
        })),
        tables: [],
      },
      ...(offer.lessons.length
        ? [
            {
              title: title('lessons'),
              rows: offer.lessons.map(({ code, title: lesson }) => ({
                label: { en: code, ru: code },
                lines: bothLines([lesson.en], [lesson.ru]),
              })),
              tables: [],
            },
          ]
        : []),
      ...(days.length
        ? [
            {
              title: title('outline'),
              rows: days.map(({ day, lines }, index) => ({
                label: { en: day, ru: daysRu[index]!.day },
                lines: lines.flatMap((line, place) =>
                  bothLines([`${line.time} ${line.title}`], [`${line.time} ${daysRu[index]!.lines[place]!.title}`]),
                ),
              })),
              tables: [],
            },
          ]
        : []),
      {
        title: title('inputs'),
        rows: [
          {
            label: title('centerInputs'),
            lines: bothLines(offer.centerInputs.en.split('\n'), offer.centerInputs.ru.split('\n')),
          },
          {
            label: title('stateInputs'),
            lines: bothLines(offer.stateInputs.en.split('\n'), offer.stateInputs.ru.split('\n')),
          },
        ],
        tables: [],
      },
    ],
    signing: title('agreement'),
    signatures: [
      side(
        words(both, say => countryName(request.leadState, say.lang)),
        offer.stateAgreedName,
        offer.stateAgreedAt!,
      ),
      side(
        words(both, ({ t }) => t('requests.thread.center')),
        offer.centerAgreedName,
        offer.centerAgreedAt!,
      ),
    ],
  }
}
