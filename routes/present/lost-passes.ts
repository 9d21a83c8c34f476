import type { Request } from 'express'
import { numberIn } from '../../lib/numbers.ts'
import type { LostPass } from '../../models/lost-passes.ts'
import { percentIn } from './attempts.ts'
import { wordsIn } from './words.ts'

/** A certificate whose pass was lost, and what took it away. */
export const lostPassRow = (req: Request, { code, name, training, title, need, percent, at, reason }: LostPass) => ({
  ...{ code, name, training, reason, at: at.toString() },
  href: `/manage/certificates/${code}`,
  title: wordsIn(title, req.lang),
  result: req.t('certificates.lost.result', {
    percent: percentIn(req, percent),
    need: req.t('attempts.percent', { value: numberIn(req.lang, need) }),
  }),
})
