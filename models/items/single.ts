import { chooseOne } from './options.ts'

/** One right option among at least three. */
export const single = chooseOne('single', { atLeast: 3 })
