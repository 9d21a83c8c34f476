/**
 * What a written number may mean. A comma or a point separates decimals; spaces, also narrow ones, and apostrophes
 * stand between thousands. Where one sign could be either ("40,000") both readings are returned, so that nobody loses a
 * point over a habit of writing. The unit, where it is written too, is taken off. Empty: not a number.
 */
export function readNumber(text: string, units: string[] = []): number[] {
  let plain = text.normalize('NFKC').trim().toLowerCase()
  for (const unit of units.map(each => each.normalize('NFKC').trim().toLowerCase()))
    if (unit && plain.endsWith(unit)) plain = plain.slice(0, -unit.length)
  plain = plain
    .replace(/[\u2212\u2012-\u2014]/g, '-')
    .replace(/[\u0660-\u0669]/g, digit => String(digit.charCodeAt(0) - 0x660))
    .replace(/[\u06f0-\u06f9]/g, digit => String(digit.charCodeAt(0) - 0x6f0))
    .replace(/\u066b/g, ',')
    .replace(/[\s'\u2019\u066c]/g, '')
  if (!/^[+-]?(\d[\d.,]*|[.,]\d+)$/.test(plain)) return []
  return [...new Set(readings(plain))].map(Number).filter(Number.isFinite)
}

function readings(plain: string): string[] {
  const signs = [...plain].filter(letter => letter === '.' || letter === ',')
  const without = plain.replace(/[.,]/g, '')
  const [last] = signs.slice(-1)
  if (!last) return [plain]
  const grouped = /^[+-]?\d{1,3}([.,]\d{3})+$/.test(plain)
  if (signs.length === 1) return [plain.replace(',', '.'), ...(grouped ? [without] : [])]
  // 1.234.567 has thousands only; in 1.234.567,8 and 1,234,567.8 the last sign is another one and separates decimals.
  if (new Set(signs).size === 1) return grouped ? [without] : []
  if (signs.slice(0, -1).includes(last)) return []
  const at = plain.lastIndexOf(last)
  return [`${plain.slice(0, at).replace(/[.,]/g, '')}.${plain.slice(at + 1)}`]
}
