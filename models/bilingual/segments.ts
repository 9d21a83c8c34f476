import { hashOf } from '../curriculum/content.ts'

/** One language of a piece, by its fields. */
export type Text = Record<string, string>

/** A field, or a paragraph of the text, in English and in the language it is translated into. `hash` is that of the English. */
export type Segment = { id: string; hash: string; en: string; target: string }

/** A row of a table that came back. */
export type Row = { line: number; id: string; hash: string; target: string }

/**
 * What becomes of a segment: its translation stays (`unchanged`), is taken over (`new`), is left because the English changed
 * since the table went out (`stale`), or the table has none (`missing`).
 */
export type Deed = 'unchanged' | 'new' | 'stale' | 'missing'
export type Compared = Segment & { deed: Deed; brought: string | null }

const BODY = 'body'
const PARAGRAPH = '\n\n'

/**
 * A piece in segments: short fields whole, a text by its paragraphs. Where the languages have not as many paragraphs, the
 * text is one segment, since nobody knows which belongs to which.
 */
export function segmentsOf(en: Text, target: Text): Segment[] {
  const fields = Object.entries(en).toSorted(([one], [other]) => Number(one === BODY) - Number(other === BODY))
  return fields.flatMap(([field, text]) => {
    const translated = target[field] ?? ''
    const [english, paragraphs] = [text.split(PARAGRAPH), translated.split(PARAGRAPH)]
    const paired = field === BODY && (!translated || english.length === paragraphs.length)
    if (!paired) return [segment(field, text, translated)]
    return english.map((paragraph, at) => segment(`${field}-${at + 1}`, paragraph, paragraphs[at] ?? ''))
  })
}

const segment = (id: string, en: string, target: string): Segment => ({ id, hash: hashOf(en), en, target })

/**
 * Sets each segment beside the row of its English. A paragraph that moved is found by its fingerprint, so one that was put
 * in above makes none of the others stale.
 */
export function compareRows(segments: Segment[], rows: Row[]): Compared[] {
  const left = [...rows]
  const take = (fits: (row: Row) => boolean) => {
    const at = left.findIndex(fits)
    return at < 0 ? undefined : left.splice(at, 1)[0]
  }
  const inPlace = segments.map(({ id, hash }) => take(row => row.id === id && row.hash === hash))
  const current = new Set(segments.map(({ hash }) => hash))
  const older = rows.filter(({ hash }) => !current.has(hash))
  return segments.map((each, at): Compared => {
    const row = inPlace[at] ?? take(({ hash }) => hash === each.hash)
    if (row) return { ...each, deed: deedOf(each, row), brought: row.target }
    const was = older.find(({ id }) => id === each.id)
    // A text that was paragraphs when it went out, and is one segment now.
    const apart = older.some(({ id }) => fieldOf(id) === each.id)
    return { ...each, deed: was || apart ? 'stale' : 'missing', brought: was?.target ?? null }
  })
}

const fieldOf = (id: string) => (id.startsWith(`${BODY}-`) ? BODY : id)

const deedOf = ({ target }: Segment, row: Row): Deed =>
  row.target === target ? 'unchanged' : row.target ? 'new' : 'missing'

/** The translation with what is taken over; the rest of it stays. */
export function translatedBy(compared: Compared[], standing: Text): Text {
  const fields = Map.groupBy(compared, ({ id }) => fieldOf(id))
  const taken = [...fields].map(([field, all]) => {
    const said = all.map(({ deed, brought, target }) => (deed === 'new' ? brought! : target))
    // Paragraphs that are still missing keep their places, so that each stays beside its English.
    return [field, said.some(Boolean) ? said.join(PARAGRAPH) : '']
  })
  return { ...standing, ...Object.fromEntries(taken) }
}
