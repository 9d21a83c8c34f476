import type { Request } from 'express'
import type { Offer } from '../../models/offering.ts'
import type { Correction, LessonLine, LessonText, SourceLine } from '../../models/reading.ts'
import { wordsIn } from './words.ts'

type Parts = {
  training: Offer
  lines: LessonLine[]
  line: LessonLine
  text: LessonText
  sources: Map<string, SourceLine>
  bytes: number
  corrections: Correction[]
}

/** A lesson as a book page: where you are, the text, its sources, and the way on. */
export function lessonPage(req: Request, { training, lines, line, text, sources, bytes, corrections }: Parts) {
  const base = `/${req.lang}/trainings/${training.code}`
  const place = lines.indexOf(line)
  const href = (other: LessonLine | undefined) => other && `${base}/lessons/${other.code}`
  return {
    ...trainingLine(req, training),
    code: line.code,
    title: wordsIn(line.title, req.lang),
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
    previous: lines[place - 1] && { href: href(lines[place - 1]), title: wordsIn(lines[place - 1]!.title, req.lang) },
    next: lines[place + 1] && { href: href(lines[place + 1]), title: wordsIn(lines[place + 1]!.title, req.lang) },
    last: place === lines.length - 1,
    reading: { href: `${base}/reading`, size: Math.max(1, Math.ceil(bytes / 1024)) },
    text: textBlock(req, text, sources),
  }
}

type ReadingParts = {
  /** `href`: where to go back to, when it is not the page of the training. */
  training: Pick<Offer, 'code' | 'title'> & { href?: string }
  lines: LessonLine[]
  texts: (LessonText & { versionId: string })[]
  sources: Map<string, SourceLine>
}

/** All lessons on one page, for printing. */
export function readingPage(req: Request, { training, lines, texts, sources }: ReadingParts) {
  return {
    ...trainingLine(req, training),
    lessons: lines.flatMap((line, index) => {
      const text = texts.find(each => each.versionId === line.versionId)
      if (!text) return []
      const within = { id: `lesson-${index + 1}`, title: wordsIn(line.title, req.lang) }
      return [{ ...within, minutes: line.minutes, text: textBlock(req, text, sources, within) }]
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

type Within = { id: string; title: string }

/** The text with what belongs to it. Where several lessons share a page, `within` keeps their ids and names apart. */
function textBlock(req: Request, text: LessonText, sources: Map<string, SourceLine>, within?: Within) {
  const prefix = within ? `${within.id}-` : ''
  const line = (id: string) => {
    const source = sources.get(id)
    return source ? [sourceLine(req, source)] : []
  }
  return {
    html: within ? apart(text.html, within) : text.html,
    language: text.language,
    otherLanguage: text.language !== req.lang,
    notReviewed: text.status === 'not_reviewed',
    prefix,
    labelledBy: within ? `${prefix}sources ${within.id}` : 'sources',
    sources: text.sourceIds.flatMap((id, index) =>
      line(id).map(each => ({ ...each, id: `${prefix}source-${index + 1}` })),
    ),
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
