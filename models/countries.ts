import source from './states.json' with { type: 'json' }

type State = { iso2: string; name: { en: string; ru: string }; zones: string[] }

/** The ten States of the Declaration: their names there, in its order. */
export const STATES: State[] = source.states.map(({ iso2, name, timezones }) => ({ iso2, name, zones: timezones }))

/**
 * The other countries a person may come from: the members of the United Nations and its two observer States, so that
 * no form of the Center says more about statehood than the United Nations does.
 */
export const OTHER_COUNTRIES: string[] = (
  'AD AE AF AG AL AM AO AR AT AU BA BB BD BE BF BG BH BI BJ BN BO BR BS BT BW BY BZ CA CD CF CG CH CI CL CM CN CO CR ' +
  'CU CV CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FM FR GA GB GD GE GH GM GN GQ GR GT GW GY HN HR HT HU ID IE ' +
  'IL IN IQ IS JM JO JP KE KH KI KM KN KP KR KW LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MH MK ML MM MN MR MT ' +
  'MU MV MW MX MY MZ NA NE NG NI NL NO NP NR NZ OM PA PE PG PH PL PS PT PW PY QA RO RS RU RW SA SB SC SD SE SG SI SK ' +
  'SL SM SN SO SR SS ST SV SY SZ TD TG TH TL TN TO TT TV TZ UA UG US UY VA VC VE VN VU WS YE ZA ZM ZW'
).split(' ')

const CODES = new Set([...STATES.map(state => state.iso2), ...OTHER_COUNTRIES])

/** Whether `code` is a country of the list (ISO 3166-1, two letters). */
export const isCountry = (code: string): boolean => CODES.has(code)

/** Whether `code` is one of the ten States. */
export const isState = (code: string | null): boolean => STATES.some(state => state.iso2 === code)

/** The main zone of one of the ten States; undefined elsewhere, where the person chooses. */
export const zoneOf = (code: string): string | undefined => STATES.find(state => state.iso2 === code)?.zones[0]
