import { z } from 'zod'
import * as shape from '../curriculum/shapes.ts'
import { cloze } from './cloze.ts'
import type { Input, Rows } from './inputs.ts'
import { isMapping, type ItemType, type Kind, listIn, type Mistake, type Part, under, type Value } from './kind.ts'
import { matching } from './matching.ts'
import { multiple } from './multiple.ts'
import { numeric } from './numeric.ts'
import { ordering } from './ordering.ts'
import { pictureChoice } from './picture.ts'
import { short } from './short.ts'
import { single } from './single.ts'
import { trueFalse } from './true-false.ts'

const KINDS = [single, multiple, trueFalse, pictureChoice, matching, ordering, numeric, short, cloze] as Kind<never>[]
const common = {
  id: z.string().regex(/^[a-z0-9]{1,20}$/, 'shape.smallId'),
  prompt: shape.words,
}
const member = z.discriminatedUnion(
  'type',
  KINDS.map(kind => kind.shape.extend({ ...common, type: z.literal(kind.type) })) as never,
)
type Member = { id: string; type: ItemType; prompt: shape.Words }
type Content = { text: shape.Words; questions: Member[] }

const MEMBERS: Rows['types'] = Object.fromEntries(
  KINDS.map(({ type, inputs }) => [
    type,
    [{ as: 'key', name: 'id' }, { as: 'words', name: 'prompt', long: true }, ...inputs] satisfies Input[],
  ]),
)

/** A case with several questions on it, drawn together and worth the mean of them. */
export const scenario: Kind<Content> = {
  type: 'scenario',
  shape: z.strictObject({ text: shape.words, questions: z.array(member) }),
  inputs: [
    { as: 'words', name: 'text', label: 'case', long: true },
    { as: 'rows', name: 'questions', start: 0, types: MEMBERS },
  ],
  mistakes,
  parts: ({ questions }) =>
    questions.flatMap(each =>
      kindOf(each)
        .parts(each as never)
        .map(part => inside(each, part)),
    ),
  points: ({ questions }, value) =>
    questions.reduce((sum, each) => sum + kindOf(each).points!(each as never, own(each, value)), 0) / questions.length,
  right: ({ questions }) =>
    questions.flatMap(each =>
      kindOf(each)
        .right(each as never)
        .map(entry => outside(each, entry)),
    ),
  face: ({ text, questions }, mix) => ({
    as: 'group',
    text,
    members: questions.map(each => {
      const { id, type, prompt } = each
      return { id, type, prompt, face: kindOf(each).face(each as never, mixing(each, mix)) }
    }),
  }),
  judged: ({ questions }, value, mix) => ({
    members: questions.map(each => ({
      prompt: each.prompt,
      value: own(each, value),
      judged: kindOf(each).judged(each as never, own(each, value), mixing(each, mix)),
    })),
  }),
}

const kindOf = ({ type }: Member) => KINDS.find(kind => kind.type === type)!
const own = ({ id }: Member, value: Value) => under(value, id)
const inside = ({ id }: Member, part: Part): Part => ({ ...part, path: part.path ? `${id}.${part.path}` : id })
// A lone field has plain entries; the fields of several are `path=value`.
function outside(each: Member, entry: string): string {
  const lone = kindOf(each)
    .parts(each as never)
    .every(({ path }) => !path)
  return lone ? `${each.id}=${entry}` : `${each.id}.${entry}`
}

const mixing =
  ({ id }: Member, mix: Parameters<Kind<Content>['face']>[1]): typeof mix =>
  (purpose, things, nameOf) =>
    mix(`${id}|${purpose}`, things, nameOf)

function mistakes(raw: Record<string, unknown>): Mistake[] {
  if (!Array.isArray(raw.questions)) return []
  const questions = listIn(raw, 'questions')
  const found: Mistake[] = []
  if (questions.length < 2)
    found.push({ at: ['questions'], kind: 'questions', message: '"scenario" needs at least two questions' })
  questions.forEach((each, index) => {
    const at = ['questions', index]
    if (questions.findIndex(other => other.id === each.id) < index)
      found.push({ at: [...at, 'id'], kind: 'duplicate', message: `id "${String(each.id)}" is used twice` })
    const kind = KINDS.find(({ type }) => type === each.type)
    for (const mistake of kind?.mistakes(isMapping(each) ? each : {}) ?? [])
      found.push({ ...mistake, at: [...at, ...mistake.at] })
  })
  return found
}
