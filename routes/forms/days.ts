/**
 * Dates and times as people type them where the browser has no picker: the order is that of the region, day before
 * month.
 */

/** "2027-03-02", "2.3.2027", "02/03/2027" → a date; else undefined. */
export function dateOf(text: string): Temporal.PlainDate | undefined {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text)
  const typed = /^(\d{1,2})[./](\d{1,2})[./](\d{4})$/.exec(text)
  const [year, month, day] = iso ? iso.slice(1) : typed ? typed.slice(1).reverse() : []
  if (!year || Number(year) < 2000 || Number(year) > 2100) return undefined
  try {
    return Temporal.PlainDate.from(
      { year: Number(year), month: Number(month), day: Number(day) },
      { overflow: 'reject' },
    )
  } catch {
    return undefined
  }
}

/** "9:00", "09.30", "14:05" → a time of day; else undefined. */
export function timeOf(text: string): Temporal.PlainTime | undefined {
  const [, hour, minute] = /^(\d{1,2})[:.](\d\d)(?::00)?$/.exec(text) ?? []
  if (!hour || Number(hour) > 23 || Number(minute) > 59) return undefined
  return new Temporal.PlainTime(Number(hour), Number(minute))
}
