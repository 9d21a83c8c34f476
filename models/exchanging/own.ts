import { stringify } from 'yaml'
import type { Item } from '../curriculum/bank.ts'
import { readYamlText } from '../curriculum/yaml-text.ts'
import { isMapping } from '../items/kind.ts'
import { type Read, remarking } from './remark.ts'

/** The file format of the curriculum itself, bank.yaml: it carries everything. */

/** Reads questions of a file in the own format; `lineOf` leads from a place in one of them to its line. */
export function readOwn(text: string): Read & { lineOf(index: number, at: readonly PropertyKey[]): number } {
  const { remarks, say } = remarking()
  const yaml = readYamlText(text, (line, kind) => say({ line }, 'fault', kind))
  const lineOf = (index: number, at: readonly PropertyKey[]) => yaml.lineOf([index, ...at])
  if (remarks.length) return { drafts: [], remarks, lineOf }
  if (!Array.isArray(yaml.raw)) {
    say({ line: 1 }, 'fault', 'noList')
    return { drafts: [], remarks, lineOf }
  }
  const drafts = yaml.raw.map((item, index) => ({ line: lineOf(index, []), item: isMapping(item) ? item : {} }))
  return { drafts, remarks, lineOf }
}

/** Questions in the own format. Nothing is lost, and what is read back is the same. */
export const ownOf = (items: Item[]): string => stringify(items, { lineWidth: 0, aliasDuplicateObjects: false })
