import type { Request } from 'express'
import type { WaitingEssay } from '../../models/essay.ts'
import { languageName } from './languages.ts'
import { wordsIn } from './words.ts'

/** Essays that wait for a marker, as lines of a list. */
export const essayLines = (req: Request, waiting: WaitingEssay[]) =>
  waiting.map(essay => ({
    href: `/marking/essays/${essay.id}`,
    name: req.t('essays.answer', { number: essay.id }),
    prompt: wordsIn(essay.prompt, req.lang),
    course: `${essay.code}: ${wordsIn(essay.title, req.lang)}`,
    language: languageName(essay.language, req.lang),
    handedInAt: essay.handedInAt,
    state: essay.mine
      ? req.t('essays.begunByYou')
      : essay.begun
        ? req.t('essays.begunBy', { name: essay.begun })
        : null,
  }))
