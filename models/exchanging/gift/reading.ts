import * as shape from '../../curriculum/shapes.ts'
import { KINDS } from '../../items/kinds.ts'
import { type Draft, type Read, remarking, type Say } from '../remark.ts'
import { blocksOf } from './blocks.ts'
import { madeOf } from './contents.ts'
import { type Pair, pairs } from './pairing.ts'
import { parsedBlock } from './parsing.ts'
import type { GiftQuestion } from './question.ts'
import type { Standing } from './saying.ts'
import { GiftFault } from './texts.ts'

/** What a GIFT file does not say of itself: its language, and outcome and difficulty where no category names them. */
export type GiftTerms = { language: shape.Language; outcome: string; difficulty: string; standing: Standing }

/**
 * Reads questions of a GIFT file, or of two that are the same in both languages. Every construct of the format is
 * carried or told of with its line: a question in one language is read too, and what it lacks is named.
 */
export function readGift(first: string, second: string | null, terms: GiftTerms): Read {
  const { remarks, say } = remarking()
  const questions = [first, second ?? ''].map((text, index) => questionsOf(text, index === 1, say))
  const matched =
    second === null
      ? questions[0]!.map((each): Pair => ({ first: each, second: undefined }))
      : pairs(questions[0]!, questions[1]!, say)
  if (second === null) say({ line: 1 }, 'fault', terms.language === 'en' ? 'noRussian' : 'noEnglish')
  const other: shape.Language = terms.language === 'en' ? 'ru' : 'en'
  const languages = second === null ? [terms.language] : [terms.language, other]
  const categories = new Set<string>()
  const drafts = matched.flatMap(pair => draftOf(pair, { ...terms, languages, categories, say }))
  return { drafts, remarks }
}

function questionsOf(text: string, second: boolean, say: Say): GiftQuestion[] {
  return blocksOf(text, second).flatMap(block => {
    try {
      return [parsedBlock(block)]
    } catch (error) {
      if (!(error instanceof GiftFault)) throw error
      say(error.at, 'fault', error.key, error.data)
      return []
    }
  })
}

type Drafting = GiftTerms & { languages: shape.Language[]; categories: Set<string>; say: Say }

function draftOf(pair: Pair, { languages, categories, say: tell, ...terms }: Drafting): Draft[] {
  const { first } = pair
  const { remarks, say } = remarking()
  const made = madeOf(pair, { languages, standing: terms.standing, say })
  const [mistake] = made && languages.length > 1 ? KINDS[made.type].mistakes(made) : []
  if (mistake) say(first.at, 'left', `problem.${mistake.kind}`, { at: mistake.at.join(', ') })
  const left = !made || mistake
  const item = made && {
    ...nameOf(first, say),
    ...placeOf(first, terms, categories, say),
    ...made,
    ...tagsOf(first, say),
    sources: [],
  }
  // Of a question that is left out nothing else need be said.
  for (const each of remarks) if (!left || each.weight !== 'note') tell(each, each.weight, each.key, each.data)
  return left || !item ? [] : [{ line: first.at.line, item }]
}

const isItemCode = (text: string) => /^RMC-(\d\d|TOT)-[A-Z0-9-]+$/.test(text)
const isTag = (text: string) => shape.id.safeParse(text).success
const isOutcome = (text: string) => shape.outcomeCode.safeParse(text).success

function nameOf({ id, title, at }: GiftQuestion, say: Say) {
  const code = [id, title].find(isItemCode)
  if (id && id !== code) say(at, 'note', 'id')
  if (title && title !== code) say(at, 'note', 'title')
  return code ? { code } : {}
}

/** Outcome and difficulty as the category says them, in any of its parts; else as the form says. */
function placeOf({ category, at }: GiftQuestion, { outcome, difficulty }: GiftTerms, told: Set<string>, say: Say) {
  const parts = category.split('/').map(part => part.trim())
  const own = parts.find(isOutcome)
  if (category && !own && !told.has(category)) say(at, 'note', 'category', { text: category.slice(0, 80) })
  told.add(category)
  return { outcome: own ?? outcome, difficulty: parts.find(part => /^(easy|medium|hard)$/.test(part)) ?? difficulty }
}

function tagsOf({ tags, at }: GiftQuestion, say: Say) {
  const kept = tags.map(tag => tag.toLowerCase().replace(/\s+/g, '-'))
  for (const tag of kept.filter(each => !isTag(each))) say(at, 'note', 'tag', { text: tag.slice(0, 60) })
  const fit = [...new Set(kept.filter(isTag))]
  return fit.length ? { tags: fit } : {}
}
