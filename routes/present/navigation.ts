import type { Request } from 'express'
import { seesDrafts } from '../../models/policies/draft.ts'
import { ownStates } from '../../models/policies/mandate.ts'
import { ownToRun } from '../../models/policies/running.ts'
import { seesBank } from '../../models/policies/item.ts'
import { teachesSomewhere } from '../../models/policies/teaching.ts'

type Item = { href: string; label: string; current: boolean }

/** The navigation of this person on a page (`path` without its language). Nothing leads where they may not go. */
export function navigation(req: Request, path: string): { items: Item[]; staffItems: Item[] } {
  const item = (href: string, key: string): Item => ({
    href: `/${req.lang}${href}`,
    label: req.t(`layout.nav.${key}`),
    current: path === href || path.startsWith(`${href}/`),
  })
  const open = [item('/courses', 'courses'), item('/trainings', 'trainings')]
  const state = ownStates(req.actor).length ? [item('/state', 'state')] : []
  const own = [item('/home', 'home'), ...state, ...open, item('/certificates', 'certificates')]
  // Who is in charge of a training without being the Center's staff finds it here, and nothing else of these pages.
  const running = ownToRun(req.actor)?.length ? [item('/manage/trainings', 'running')] : []
  // Content editors and translators who are not the Center's staff.
  const bank = seesBank(req.actor) && !req.actor.staff ? [item('/manage/bank', 'manage-bank')] : []
  const curriculum = seesDrafts(req.actor) && !req.actor.staff ? [item('/manage/curriculum', 'manage-curriculum')] : []
  const teaching = teachesSomewhere(req.actor) ? [item('/teaching', 'teaching')] : []
  const staff = [
    'certificates',
    'trainings',
    'curriculum',
    'bank',
    'requests',
    'planning',
    'people',
    'mails',
    'audit',
    'settings',
  ]
  return {
    items: req.actor.signedIn ? [...own, ...teaching, ...running, ...curriculum, ...bank, item('/me', 'me')] : open,
    staffItems: req.actor.staff ? staff.map(noun => item(`/manage/${noun}`, `manage-${noun}`)) : [],
  }
}
