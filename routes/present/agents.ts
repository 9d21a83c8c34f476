import type { T } from '../../lib/i18n.ts'

const BROWSERS: [RegExp, string][] = [
  [/\bEdgA?\//, 'Microsoft Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bYaBrowser\//, 'Yandex Browser'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bChrome\/|\bCriOS\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]

const SYSTEMS: [RegExp, string][] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMacintosh\b/, 'Mac'],
  [/\bLinux\b|\bX11\b/, 'Linux'],
]

/** A browser as its owner knows it: "Firefox on Windows". */
export function agentInWords(agent: string | null, t: T): string {
  const browser = BROWSERS.find(([pattern]) => pattern.test(agent ?? ''))?.[1]
  const system = SYSTEMS.find(([pattern]) => pattern.test(agent ?? ''))?.[1]
  if (browser && system) return t('people.signIns.agent', { browser, system })
  return browser ?? system ?? t('people.signIns.unknownAgent')
}

/** Enough of a network address to know one's own office, not enough to find a house. */
export function networkInShort(network: string | null): string {
  const plain = (network ?? '').replace(/^::ffff:/, '')
  if (/^\d+\.\d+\.\d+\.\d+$/.test(plain)) return `${plain.split('.').slice(0, 2).join('.')}.…`
  const groups = plain.split(':').filter(Boolean)
  return groups.length ? `${groups.slice(0, 2).join(':')}:…` : ''
}
