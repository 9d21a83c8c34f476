/**
 * What is to be said of a place in a file that is brought: `fault` it is wrong, and nothing of the file is stored; `left` a
 * question that the bank cannot carry and that is left out; `note` what of a question is not carried, or was filled in. `key` names
 * the words (`exchange.remarks.…`), `data` fills them. `second`: the place is in the second file.
 */
export type Remark = Place & { weight: Weight; key: string; data?: Record<string, string | number> }
export type Weight = 'fault' | 'left' | 'note'
export type Place = { line: number; second?: true }

/** Takes one remark down. */
export type Say = (at: Place, weight: Weight, key: string, data?: Remark['data']) => void

/** A list of remarks and the one who writes into it. */
export function remarking(): { remarks: Remark[]; say: Say } {
  const remarks: Remark[] = []
  return {
    remarks,
    say: ({ line, second }, weight, key, data) =>
      remarks.push({ line, ...(second ? { second } : {}), weight, key, ...(data ? { data } : {}) }),
  }
}

/** A question as a file has it: in the shape of bank.yaml, whole or not, and where it begins. */
export type Draft = Place & { item: Record<string, unknown> }

/** What was read of a file: its questions, and all that is to be said of it. */
export type Read = { drafts: Draft[]; remarks: Remark[] }
