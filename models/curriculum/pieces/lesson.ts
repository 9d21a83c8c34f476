import { languages } from '../shapes.ts'
import type { Kind, PieceContent } from '../pieces.ts'
import type { WrittenModule } from '../writing.ts'

/** One language of a lesson. */
export type LessonText = { title: string; body: string }

/** What is the same in every language of a lesson; `further` and `outcomes` are codes. */
export type LessonFacts = { minutes: number; outcomes: string[]; further: string[] }

/** Minutes of a lesson that nobody has written yet. */
const USUAL_MINUTES = 45

/** A lesson: its title and text in each language. One in preparation is written here for the first time. */
export const lessonPiece: Kind = {
  read(module, code) {
    const entry = module.card.lessons.find(lesson => lesson.code === code)
    if (!entry) return undefined
    const texts = module.lessons.filter(lesson => lesson.front.code === code)
    const bodyIn = (language: string) => texts.find(({ front }) => front.language === language)?.body ?? ''
    const { minutes = USUAL_MINUTES, outcomes = [], further = [] } = texts[0]?.front ?? {}
    return {
      en: { title: entry.title.en, body: bodyIn('en') },
      ru: { title: entry.title.ru, body: bodyIn('ru') },
      all: { minutes, outcomes, further },
    }
  },

  write(module, code, content) {
    const { en, ru, all } = content as { en: LessonText; ru: LessonText; all: LessonFacts }
    const name = en.body || ru.body ? nameOf(module, code) : undefined
    const card = {
      ...module.card,
      lessons: module.card.lessons.map(entry =>
        entry.code === code
          ? { ...entry, title: { en: en.title, ru: ru.title }, ...(name ? { file: name } : {}) }
          : entry,
      ),
    }
    const others = module.lessons.filter(lesson => lesson.front.code !== code)
    return { ...module, card, lessons: name ? [...others, ...written(code, name, { en, ru, all })] : others }
  },

  files(module, code) {
    const name = nameOf(module, code)
    return { en: `${name}.en.md`, ru: `${name}.ru.md`, all: 'module.yaml' }
  },
}

const nameOf = ({ card }: WrittenModule, code: string) =>
  card.lessons.find(entry => entry.code === code)?.file ?? code.slice(card.code.length + 1)

/** Both languages; the Russian counts as reviewed, since a draft is published only when it is. */
function written(code: string, name: string, content: PieceContent) {
  const { minutes, outcomes, further } = content.all as LessonFacts
  return languages.flatMap(language => {
    const { title, body } = content[language] as LessonText
    if (!body) return []
    const review = language === 'ru' ? { review: 'reviewed' as const } : {}
    return [{ name, front: { code, language, title, minutes, outcomes, further, ...review }, body }]
  })
}
