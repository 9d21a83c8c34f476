/** A number that cannot be taken: what stands is kept, and the field is named. */
export type Wrong = { field: string; key: string; least?: number; most?: number }

export type Range = { least: number; most: number; parts?: boolean }

/** Browsers end lines in their own way; a text ends where its words do. */
export const plain = (text: string): string => text.normalize('NFC').replace(/\r\n?/g, '\n').trim()

const read = (text: string, form: RegExp) => (form.test(text) ? Number(text.replace(',', '.')) : Number.NaN)
const within = (value: number, least: number, most: number) => value >= least && value <= most

/** The fields of a posted page, read one by one; what cannot be read is collected in `wrong`. */
export function factFields(body: Record<string, unknown>) {
  const wrong: Wrong[] = []
  const typed = (name: string) => (typeof body[name] === 'string' ? plain(body[name]) : undefined)
  const fields = {
    wrong,
    has: (name: string) => Boolean(body[name]),
    typed,
    /** Ends of the names of the fields that begin so. */
    named: (start: string) =>
      Object.keys(body)
        .filter(name => name.startsWith(start))
        .map(name => name.slice(start.length)),
    /** A number within its range, whole unless `parts`; `standing` where the page had no such field. */
    number(name: string, standing: number, { least, most, parts = false }: Range): number {
      const text = typed(name)
      if (text === undefined) return standing
      const value = read(text, parts ? /^\d{1,4}([.,]\d{1,2})?$/ : /^\d{1,4}$/)
      if (within(value, least, most)) return value
      wrong.push({ field: name, key: parts ? 'number' : 'wholeNumber', least, most })
      return standing
    },
    /** A figure of any size with up to four places after the comma; spaces between thousands are read. */
    amount(name: string, standing: number, { least, most }: Range): number {
      const text = typed(name)?.replace(/[\s\u00A0\u202F]/g, '')
      if (text === undefined) return standing
      const value = read(text, /^\d{1,12}([.,]\d{1,4})?$/)
      if (within(value, least, most)) return value
      wrong.push({ field: name, key: 'amount' })
      return standing
    },
    /** A whole number where nothing may stand: then undefined. */
    count(name: string, standing: number | undefined, most: number): number | undefined {
      const text = typed(name)
      if (text === undefined) return standing
      if (text === '' || text === '0') return undefined
      return fields.number(name, standing ?? 0, { least: 0, most }) || undefined
    },
    /** One of a few words. */
    choice<Word extends string>(name: string, standing: Word, words: readonly Word[]): Word {
      return words.find(word => word === body[name]) ?? standing
    },
    /** Words in both languages, from `<name>-en` and `<name>-ru`. */
    words: (name: string, standing: { en: string; ru: string }) => ({
      en: typed(`${name}-en`) ?? standing.en,
      ru: typed(`${name}-ru`) ?? standing.ru,
    }),
    /** Codes with spaces or commas between them. */
    codes: (name: string, standing: string[]) =>
      typed(name)
        ?.split(/[\s,]+/)
        .filter(Boolean) ?? standing,
  }
  return fields
}

export type FactFields = ReturnType<typeof factFields>
