import type { Request } from 'express'
import { pieceName } from '../../models/curriculum/pieces.ts'
import { directionOf } from '../../models/official-languages.ts'
import { mayStepRendition, RENDITION_STEPS, type RenditionStep } from '../../models/policies/rendition.ts'
import { translates } from '../../models/policies/draft.ts'
import { type Fields, isStale, needOf, type Rendition } from '../../models/rendition.ts'
import { languageName } from './languages.ts'
import { changedSentences, compared } from './revisions.ts'
import { needTag, stageTag, taskOf, titleOf, translationAddress } from './translations.ts'

/** What every page of a text in an agreed language begins with. */
function head(req: Request, rendition: Rendition) {
  const { kind, language, en } = rendition
  return {
    ...{ kind, language, dir: directionOf(language), english: en },
    address: translationAddress(rendition),
    name: pieceName(rendition),
    title: titleOf(req, rendition).title,
    kindWord: req.t(`drafts.kind.${kind}`),
    languageName: languageName(language, req.lang),
  }
}

/** Its page: what it needs, for whom it was agreed, and which steps the reader may take. */
export function renditionPage(req: Request, rendition: Rendition, nouns: { [S in RenditionStep]: string }) {
  const { stage, revision, text, trainings, savedAt, savedByName } = rendition
  const need = needOf(rendition)
  const steps = RENDITION_STEPS.map(step => ({ step, verdict: mayStepRendition(req.actor, step, rendition) }))
  return {
    ...head(req, rendition),
    ...{ revision, text, trainings },
    need: need && { ...needTag(req, need), text: req.t(`renditions.needText.${need}`) },
    stage: stage && stageTag(req, stage),
    saved: savedAt && { at: savedAt, by: savedByName ?? '' },
    task: taskOf(req, rendition),
    translates: translates(req.actor),
    // What only the state forbids is left out; that somebody else has to read it is said.
    steps: steps
      .filter(({ verdict }) => verdict.ok || verdict.reason === 'drafts.ownWork')
      .map(({ step, verdict }) => ({
        ...{ step, noun: nouns[step], label: req.t(`renditions.step.${step}`) },
        refused: verdict.ok ? null : req.t(`refusals.${verdict.reason}`),
      })),
  }
}

// The database keeps fields in an order of its own.
const ORDER = ['title', 'aim', 'audience', 'summary']
const place = (field: string) => (ORDER.includes(field) ? ORDER.indexOf(field) : ORDER.length)

const inOrder = (en: Fields, kind: Rendition['kind']) =>
  Object.keys(en).toSorted((one, other) =>
    kind === 'glossary' ? en[one]!.localeCompare(en[other]!, 'en') : place(one) - place(other),
  )

/** Its editor: the English beside what is typed, and what changed in the English since. */
export function renditionEditor(req: Request, rendition: Rendition, { typed }: { typed?: Fields }) {
  const { kind, en, source, text, revision, savedAt, savedByName } = rendition
  return {
    ...head(req, rendition),
    fields: inOrder(en, kind).map(name => ({
      ...{ name, long: kind !== 'glossary' && name !== 'title', rows: name === 'body' ? 24 : 3 },
      label: kind === 'glossary' ? en[name]! : req.t(`drafts.field.${name}`),
    })),
    change: source && isStale(source, en) ? { sentences: changedSentences(source, en) } : null,
    newer: typed ? { revision, at: savedAt, by: savedByName ?? '', stretches: compared(text, typed) } : null,
  }
}
