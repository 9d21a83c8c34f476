import { hasTags, plainOfHtml } from '../../../lib/plain-text.ts'
import type { Language, Words } from '../../curriculum/shapes.ts'
import type { Say } from '../remark.ts'
import type { GiftText } from './question.ts'

/** Words that a question of the bank must have and a GIFT file need not. */
export type Standing = Record<'right' | 'wrong' | 'compare' | 'yes' | 'no', Words>

type Text = GiftText | null | undefined
/** A text of the first file and the same of the second, if there is one. */
export type Both = readonly [Text, Text]

/** Puts texts of one file, or of two, into words. What plain words cannot say is taken down, once for each text. */
export class Saying {
  #languages: Language[]
  #say: Say
  /** Whether any feedback had to be filled in. */
  filledIn = false
  /** `languages`: of the first file, and of the second if there is one. */
  constructor(languages: Language[], say: Say) {
    this.#languages = languages
    this.#say = say
  }

  /** What `tell` makes of each language's text; a language in which nothing is written is left out. */
  each<Told>(both: Both, tell: (text: GiftText) => Told): Partial<Record<Language, Told>> {
    const told = this.#languages.flatMap((language, at) =>
      both[at]?.text ? [[language, tell(both[at])] as const] : [],
    )
    return Object.fromEntries(told) as Partial<Record<Language, Told>>
  }

  /** The words of a text. */
  words = (both: Both): Partial<Words> => this.each(both, text => this.plain(text))

  /** The first of several texts that is written, for each language by itself; `standing` where none is. */
  feedback(choices: Both[], standing: Words): Partial<Words> {
    const said = this.#languages.map((language, at) => {
      const chosen = choices.map(both => both[at]).find(text => text?.text)
      this.filledIn ||= !chosen
      return [language, chosen ? this.plain(chosen) : standing[language]]
    })
    return Object.fromEntries(said)
  }

  /** The plain words of a text. */
  plain(text: GiftText): string {
    if (text.format === 'markdown' && /[*_`#]|\]\(/.test(text.text)) this.#say(text, 'note', 'markdown')
    if (text.format !== 'html' && !(text.format === 'moodle' && hasTags(text.text))) return text.text
    const { text: plain, lost } = plainOfHtml(text.text)
    for (const each of lost) this.#say(text, 'note', each)
    return plain
  }
}
