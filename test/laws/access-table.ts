import { center } from './access/center.ts'
import { curriculum } from './access/curriculum.ts'
import { learners } from './access/learners.ts'
import { mail } from './access/mail.ts'
import { open } from './access/open.ts'
import { sessions } from './access/sessions.ts'
import { states } from './access/states.ts'
import type { Row } from './access/who.ts'

/** Who gets what at every address: one row per route; what a row says is in access/who.ts. */
export const table: Row[] = [open, learners, states, center, sessions, curriculum, mail].flat()
