import { chooseOne } from './options.ts'

/** Two options that stand where a reader expects them: true before false. */
export const trueFalse = chooseOne('true_false', { atLeast: 2, exactly: 2, mixed: false })
