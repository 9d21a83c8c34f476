import { CITED, type Outline, type Passage } from '../outline.ts'
import type { Report } from '../problem.ts'
import { sentencesOf } from '../sentences.ts'

/**
 * Reports figures without a source: a sentence with a digit needs a citation in it or right after it. Tables,
 * pictures and quotations are covered by one citation in them or in the paragraph before or after; a list by one in the
 * line that leads to it. Cases, activities and self-checks are exercises: their figures may be invented.
 */
export function checkFigures(outline: Outline, report: Report) {
  const passages = outline.passages
  passages.forEach((passage, index) => {
    if (passage.kind === 'heading' || passage.inside.some(({ kind }) => exercises.has(kind))) return
    const group = passage.inside.find(({ kind }) => coveredAsOne.has(kind))
    if (group ? groupIsCited(passages, group.number) : listIsCited(passages, index)) return
    for (const { text, at } of sentencesOf(passage.text)) {
      const digit = withoutOwnCodes(text).search(/\d/)
      if (digit < 0 || text.includes(CITED)) continue
      const line = passage.line + passage.text.slice(0, at + digit).split('\n').length - 1
      report(line, 'uncited', { text: shortened(text) })
      if (group) return
    }
  })
}

const exercises = new Set(['case', 'activity', 'check'])
const coveredAsOne = new Set(['figure', 'table', 'blockquote'])

function groupIsCited(passages: Passage[], number: number) {
  const isIn = (passage: Passage) => passage.inside.some(group => group.number === number)
  const first = passages.findIndex(isIn)
  const last = passages.findLastIndex(isIn)
  return passages.slice(Math.max(0, first - 1), last + 2).some(passage => passage.text.includes(CITED))
}

function listIsCited(passages: Passage[], index: number) {
  const list = passages[index]!.inside.find(({ kind }) => kind.endsWith('_list'))
  if (!list) return false
  const first = passages.findIndex(passage => passage.inside.some(group => group.number === list.number))
  const leading = passages[first - 1]
  return leading !== undefined && /:\s*$/.test(leading.text.replaceAll(CITED, '')) && leading.text.includes(CITED)
}

/** References to the curriculum's own parts are no figures; blanked so that places stay. */
const withoutOwnCodes = (text: string) =>
  text.replace(/RMC-\d\d(-LO?\d+)?|(lessons?|modules?|урок\p{L}*|заняти\p{L}*|модул\p{L}*)\s+\d+/giu, own =>
    ' '.repeat(own.length),
  )

const shortened = (text: string) => {
  const clean = text.replaceAll(CITED, '').replace(/\s+/g, ' ').trim()
  return clean.length > 60 ? `${clean.slice(0, 57)}…` : clean
}
