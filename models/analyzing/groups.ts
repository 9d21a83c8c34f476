import { SMALLEST_GROUP } from '../evaluating.ts'

/** Fewer people say nothing reliable of a question. */
export const ENOUGH = 30

/** Of how many people something can be said: nothing, that they are too few to judge, or figures. */
export type Size = 'hidden' | 'few' | 'enough'

export const sizeOf = (people: number): Size =>
  people < SMALLEST_GROUP ? 'hidden' : people < ENOUGH ? 'few' : 'enough'

/**
 * The first of a list that grows, as many as fill groups of five: who looks before and after one more person answered
 * cannot tell what that person did.
 */
export const inFives = <Each>(all: Each[]): Each[] => all.slice(0, all.length - (all.length % SMALLEST_GROUP))
