import type { T } from '../../lib/i18n.ts'

/** A zone in words: the city the Center's people know it by, else its own name. */
export function zoneName(zone: string, t: T): string {
  const key = `zones.${zone}`
  const name = t(key)
  return name === key ? (zone.split('/').pop() ?? zone).replaceAll('_', ' ') : name
}

/** Zones offered first in forms, in the order of the Declaration, then all others. */
export const FIRST_ZONES = [
  'Asia/Baku',
  'Asia/Almaty',
  'Asia/Bishkek',
  'Asia/Dushanbe',
  'Europe/Istanbul',
  'Asia/Tehran',
  'Europe/Rome',
  'Asia/Karachi',
  'Asia/Ashgabat',
  'Asia/Tashkent',
]

/** Options of a select of zones. */
export function zoneOptions(t: T, selected: string) {
  const others = Intl.supportedValuesOf('timeZone').filter(zone => !FIRST_ZONES.includes(zone))
  return [...FIRST_ZONES, ...others].map(zone => ({
    value: zone,
    label: FIRST_ZONES.includes(zone) ? zoneName(zone, t) : zone.replaceAll('_', ' '),
    selected: zone === selected,
  }))
}
