// Making a format costs more than a hundred uses of it.
const formats = new Map<string, Intl.NumberFormat>()

/** A number as the language writes it, e.g. 69.83 → "69,83"; `digits` at most after the comma. */
export function numberIn(lang: string, value: number, digits = 2): string {
  const key = `${lang} ${digits}`
  let format = formats.get(key)
  if (!format) {
    format = new Intl.NumberFormat(lang === 'en' ? 'en-GB' : lang, { maximumFractionDigits: digits })
    formats.set(key, format)
  }
  return format.format(value)
}
