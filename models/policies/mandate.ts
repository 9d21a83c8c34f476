import type { Actor, MandatePart } from '../actor.ts'

/** For which State an actor stands, and in which part. */
export type Mandate = { state: string; part: MandatePart }

/** The mandates an actor holds now. */
export const mandatesOf = (actor: Actor): Mandate[] =>
  actor.grants.flatMap(({ role, scopeKind, scopeId, part }) =>
    role === 'focal_point' && scopeKind === 'state' ? [{ state: scopeId, part: part ?? 'agency' }] : [],
  )

/** States the actor stands for. */
export const ownStates = (actor: Actor): string[] => mandatesOf(actor).map(({ state }) => state)

/** Whether the actor speaks for the State: the main focal point and the deputy do, the deputy of an agency prepares. */
export const speaksFor = (actor: Actor, state: string): boolean =>
  mandatesOf(actor).some(mandate => mandate.state === state && mandate.part !== 'agency')

/** Whether the actor may name who comes after the main focal point: that is the main focal point alone. */
export const namesSuccessor = (actor: Actor, state: string): boolean =>
  mandatesOf(actor).some(mandate => mandate.state === state && mandate.part === 'main')

/** Who names focal points and records handovers: coordinators and the director; an administrator gives any role. */
export const keepsMandates = (actor: Actor): boolean =>
  actor.is('coordinator') || actor.is('director') || actor.is('administrator')
