import type { Request } from 'express'
import type { NeedsAnswers, NeedsForm } from '../../models/needs-form.ts'
import { bothLines, paperLine, type PaperSection, type RecordInputs } from '../../models/record-paper.ts'
import type { LessonChoice, OfferRow } from '../../models/request-offer.ts'
import { readsNames } from '../../models/policies/request.ts'
import type { RequestFile } from '../../models/request-files.ts'
import type { RequestState } from '../../models/request-states.ts'
import type { RequestRow } from '../../models/request.ts'
import { centerDay } from '../../models/working-days.ts'
import { bothSpeakers, dayInWords, type Speaker } from './moments.ts'
import { answerSections } from './needs.ts'
import { offerFacts, outlineDays } from './offers-of-requests.ts'
import { countryName } from './people.ts'
import type { RequestParts } from './request-page.ts'

type Both = { en: Speaker; ru: Speaker }

const speakers = (req: Request): Both => {
  const [en, ru] = bothSpeakers(req)
  return { en: en!, ru: ru! }
}
const words = ({ en, ru }: Both, say: (speaker: Speaker) => string) => ({ en: say(en), ru: say(ru) })

type PaperParts = Pick<RequestParts, 'form' | 'lessons' | 'answers' | 'files' | 'states'>

/** What was submitted: the common part, and the own parts this reader may read, each under its State. */
export function requestPaper(req: Request, request: RequestRow, parts: PaperParts): RecordInputs {
  const both = speakers(req)
  const { form, lessons, answers, files, states } = parts
  const own = [...answers.keys()].filter(Boolean)
  const on = centerDay(request.submittedAt!).toString()
  const name = readsNames(req.actor, request) ? request.submittedName : null
  return {
    code: request.code,
    title: words(both, ({ t }) => t('requests.paper.request', { code: request.code })),
    subject: [paperLine(request.title ?? request.code)],
    facts: [
      ...statesFacts(both, request, states),
      {
        label: words(both, ({ t }) => t('requests.paper.sent')),
        value: words(both, say => [dayInWords(say, on, 'date'), name].filter(Boolean).join(', ')),
      },
    ],
    sections: [
      ...answersOf(both, form, false, answers.get('') ?? {}, lessons, null),
      ...filesSection(both, files, null),
      ...own.flatMap(state => [
        ...answersOf(both, form, true, answers.get(state)!, lessons, state),
        ...filesSection(both, files, state),
      ]),
    ],
    signing: words(both, ({ t }) => t('requests.offer.agreement')),
    signatures: [],
  }
}

/** The State that leads, and those that have joined. */
function statesFacts(both: Both, { leadState }: RequestRow, states: RequestState[]) {
  const joined = states.filter(({ lead }) => !lead).map(({ state }) => state)
  const named = (all: string[]) => words(both, ({ lang }) => all.map(state => countryName(state, lang)).join(', '))
  return [
    { label: words(both, ({ t }) => t('requests.columns.state')), value: named([leadState]) },
    ...(joined.length ? [{ label: words(both, ({ t }) => t('requests.paper.joined')), value: named(joined) }] : []),
  ]
}

/** Names of the files of a part: what is in them does not stand on the paper. */
function filesSection(both: Both, files: RequestFile[], state: string | null): PaperSection[] {
  const names = files.filter(file => file.state === state).map(({ name }) => paperLine(name))
  if (!names.length) return []
  const label = words(both, ({ t }) => t('requests.files.names'))
  return [
    { title: titled(both, state, ({ t }) => t('requests.files.title')), rows: [{ label, lines: names }], tables: [] },
  ]
}

/** The title of a section; of an own part under the name of its State. */
const titled = (both: Both, state: string | null, title: (say: Speaker) => string) =>
  words(both, say => (state ? `${countryName(state, say.lang)}: ${title(say)}` : title(say)))

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
    return {
      title: titled(both, state, ({ lang }) => (lang === 'ru' ? other : section).title),
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
export function agreementPaper(
  req: Request,
  request: RequestRow,
  offer: OfferRow,
  states: RequestState[],
): RecordInputs {
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
    facts: statesFacts(both, request, states),
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
        readsNames(req.actor, request) ? offer.stateAgreedName : null,
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
