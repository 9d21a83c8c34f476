import type { Request } from 'express'
import { kindNamed } from '../../lib/file-kinds.ts'
import { sizeInWords } from '../../models/file-sizes.ts'
import { fileAddress, type ModuleFile } from '../../models/module-file.ts'
import type { Offer } from '../../models/offering.ts'
import { bytesIn, type Correction, type LessonLine, type LessonText, type SourceLine } from '../../models/reading.ts'
import { agreedAmong, directionOf } from '../../models/official-languages.ts'
import { type Reading, readingAsPage } from '../../models/reading-languages.ts'
import { languageName } from './languages.ts'
import { wordsIn } from './words.ts'

type Parts = {
  training: Offer
  lines: LessonLine[]
  line: LessonLine
  text: LessonText
  sources: Map<string, SourceLine>
  files: ModuleFile[]
  corrections: Correction[]
  reading: Reading
}

/** A lesson as a book page: where you are, the text, its sources, and the way on. */
export function lessonPage(req: Request, { training, lines, line, text, sources, files, corrections, reading }: Parts) {
  const base = `/${req.lang}/trainings/${training.code}`
  const place = lines.indexOf(line)
  const href = (other: LessonLine | undefined) => other && `${base}/lessons/${other.code}`
  return {
    ...trainingLine(req, training),
    code: line.code,
    title: text.title ?? wordsIn(line.title, req.lang),
    titleIn: text.title === null ? null : written(text.language),
    minutes: line.minutes,
    number: place + 1,
    total: lines.length,
    finishedCount: lines.filter(each => each.finishedAt).length,
    steps: lines.map(each => ({
      label: wordsIn(each.title, req.lang),
      state: each === line ? 'current' : each.finishedAt ? 'done' : 'todo',
      href: each === line ? undefined : href(each),
    })),
    corrections: corrections.map(({ at, note }) => ({ at, note: wordsIn(note, req.lang) })),
    enrolled: training.own === 'enrolled',
    finishedAt: line.finishedAt,
    action: `${base}/lessons/${line.code}/progress`,
    languageAction: `${base}/lessons/${line.code}/language`,
    previous: lines[place - 1] && { href: href(lines[place - 1]), title: wordsIn(lines[place - 1]!.title, req.lang) },
    next: lines[place + 1] && { href: href(lines[place + 1]), title: wordsIn(lines[place + 1]!.title, req.lang) },
    last: place === lines.length - 1,
    reading: { href: `${base}/reading`, size: Math.max(1, Math.ceil(bytesIn(lines) / 1024)) },
    text: textBlock(req, text, { sources, files, reading }),
  }
}

type ReadingParts = {
  /** `href`: where to go back to, when it is not the page of the training. */
  training: Pick<Offer, 'code' | 'title'> & { href?: string }
  lines: LessonLine[]
  texts: (LessonText & { versionId: string })[]
  sources: Map<string, SourceLine>
  files: ModuleFile[]
  reading?: Reading
}

/** All lessons on one page, for printing. */
export function readingPage(
  req: Request,
  { training, lines, texts, sources, files, reading = readingAsPage(req.lang) }: ReadingParts,
) {
  return {
    ...trainingLine(req, training),
    lessons: lines.flatMap((line, index) => {
      const text = texts.find(each => each.versionId === line.versionId)
      if (!text) return []
      const within = { id: `lesson-${index + 1}`, title: text.title ?? wordsIn(line.title, req.lang) }
      const titleIn = text.title === null ? null : written(text.language)
      return [
        { ...within, titleIn, minutes: line.minutes, text: textBlock(req, text, { sources, files, reading }, within) },
      ]
    }),
  }
}

const trainingLine = (req: Request, training: ReadingParts['training']) => ({
  training: {
    code: training.code,
    title: wordsIn(training.title, req.lang),
    href: training.href ?? `/${req.lang}/trainings/${training.code}`,
  },
})

/** How a text is marked up: its language and its direction. */
const written = (language: string) => ({ language, dir: directionOf(language) })

/** What a reader is told of a text that is not in the language they wanted, or is behind its English. */
function noteOn(req: Request, { language, behind }: LessonText, { languages, chosen }: Reading): string | null {
  if (behind) return req.t('lessons.behind', { language: languageName(language, req.lang) })
  if (language === languages[0]) return null
  const [wanted, shown] = [languages[0]!, language].map(each => languageName(each, req.lang))
  return chosen ? req.t('lessons.notYet', { wanted, shown }) : req.t('lessons.inEnglish')
}

/** The languages the lessons of a training can be read in, where one was agreed beside those of the pages; else null. */
export function languageChoice(req: Request, { languages }: Pick<Offer, 'languages'>, { chosen }: Reading) {
  const agreed = agreedAmong(languages)
  if (!agreed.length) return null
  const page = { value: '', name: languageName(req.lang, req.lang), ...written(req.lang), current: chosen === null }
  return [
    page,
    ...agreed.map(each => ({
      value: each,
      name: languageName(each, each),
      ...written(each),
      current: each === chosen,
    })),
  ]
}

type Beside = Pick<Parts, 'sources' | 'files' | 'reading'>
type Within = { id: string; title: string }

/** The text with what belongs to it. Where several lessons share a page, `within` keeps their ids and names apart. */
function textBlock(req: Request, text: LessonText, { sources, files, reading }: Beside, within?: Within) {
  const prefix = within ? `${within.id}-` : ''
  const line = (id: string) => {
    const source = sources.get(id)
    return source ? [sourceLine(req, source)] : []
  }
  return {
    html: within ? apart(text.html, within) : text.html,
    ...written(text.language),
    note: noteOn(req, text, reading),
    notReviewed: text.status === 'not_reviewed',
    prefix,
    filesBy: within ? `${prefix}files ${within.id}` : 'files',
    labelledBy: within ? `${prefix}sources ${within.id}` : 'sources',
    sources: text.sourceIds.flatMap((id, index) =>
      line(id).map(each => ({ ...each, id: `${prefix}source-${index + 1}` })),
    ),
    files: files
      .filter(file => text.html.includes(`href="${fileAddress(file.module, file.name)}"`))
      .map(file => fileLine(req, file)),
    // What is a source already is named and leads to its place in that list.
    further: text.further.flatMap(id => {
      const place = text.sourceIds.indexOf(id)
      return line(id).map(each => ({ ...each, href: place < 0 ? null : `#${prefix}source-${place + 1}` }))
    }),
  }
}

// Ids of the platform's own HTML: headings and blocks are `part-n`, citations point to `source-n`.
function apart(html: string, { id, title }: Within): string {
  const named = title.replace(/[&<>"]/g, sign => `&#${sign.charCodeAt(0)};`)
  return html
    .replace(/(\sid=")(part-\d+")/g, `$1${id}-$2`)
    .replace(/(\saria-labelledby=")(part-\d+)"/g, `$1${id}-$2 ${id}"`)
    .replace(/(\saria-label="[^"]*)"/g, (_, label) => `${label}, ${named}"`)
    .replace(/(\shref="#)((?:source|part)-\d+")/g, `$1${id}-$2`)
}

const fileLine = (req: Request, { module, name, title, size }: ModuleFile) => ({
  href: fileAddress(module, name),
  title: wordsIn(title, req.lang),
  facts: req.t('lessons.fileFacts', {
    kind: req.t(`materials.kinds.${kindNamed(name)}`),
    size: sizeInWords(req, size),
  }),
})

function sourceLine(req: Request, source: SourceLine) {
  return {
    title: wordsIn(source.title, req.lang),
    publisher: wordsIn(source.publisher, req.lang),
    // A full date is written in words by the page; a year or a month stays as it is.
    dated: source.dated,
    isDay: /^\d{4}-\d\d-\d\d$/.test(source.dated),
    address: source.address,
    checkedOn: source.checkedOn,
  }
}
