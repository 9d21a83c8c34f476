import type { AssignmentCard } from '../assignment.ts'
import type { Kind } from '../pieces.ts'

/** One language of an assignment: its title and its brief. */
export type AssignmentText = { title: string; body: string }

/** Its rules and its rubric, whose words are in both languages. */
export type AssignmentFacts = Omit<AssignmentCard, 'title'>

/** The assignment of a module. */
export const assignmentPiece: Kind = {
  read({ assignment }) {
    if (!assignment) return undefined
    const { title, ...all } = assignment.card
    const bodyIn = (language: string) => assignment.briefs.find(brief => brief.language === language)?.body ?? ''
    return { en: { title: title.en, body: bodyIn('en') }, ru: { title: title.ru, body: bodyIn('ru') }, all }
  },

  write(module, _code, content) {
    const { en, ru, all } = content as { en: AssignmentText; ru: AssignmentText; all: AssignmentFacts }
    const card: AssignmentCard = { title: { en: en.title, ru: ru.title }, ...all }
    const briefs = [
      ...(en.body ? [{ language: 'en' as const, body: en.body }] : []),
      ...(ru.body ? [{ language: 'ru' as const, review: 'reviewed' as const, body: ru.body }] : []),
    ]
    return { ...module, assignment: { card, briefs } }
  },

  files: () => ({ en: 'assignment.en.md', ru: 'assignment.ru.md', all: 'assignment.yaml' }),
}
