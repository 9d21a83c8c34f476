/** A list with the entry at `at` moved by one place; the same list where there is no such entry or no such place. */
export function moved<Entry>(list: readonly Entry[], at: number, direction: 'up' | 'down'): Entry[] {
  const to = direction === 'up' ? at - 1 : at + 1
  if (!(at in list) || !(to in list)) return [...list]
  return list.with(at, list[to]!).with(to, list[at]!)
}
