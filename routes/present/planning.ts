import type { Request } from 'express'
import { type DayOff, type StateDays, type Strip, stripOf, type Window, windowsOf } from '../../models/planning.ts'
import { dayInWords, differenceInWords, inZone, minutesInWords, type Speaker, speakerOf } from './moments.ts'
import { flagLines } from './plans.ts'
import { wordsIn } from './words.ts'
import { zoneName, zoneOptions } from './zones.ts'

export type Wish = { date: string; minutes: number; zone: string; states: string[]; training: string }

export const LENGTHS = [45, 60, 90, 120, 180, 240]

type Facts = { all: StateDays[]; trainings: { code: string; title: { en: string; ru: string }; zone: string }[] }

/** The planning page: best windows in words, the strip as a drawing, and the table that says the same. */
export function planningPage(req: Request, wish: Wish, { all, trainings }: Facts) {
  const say = speakerOf(req)
  const states = all.filter(({ iso2 }) => wish.states.includes(iso2))
  const strip = stripOf(wish.date, wish.zone, states)
  const windows = windowsOf(wish.date, wish.zone, wish.minutes, states)
  const best = windows[0]
  const training = trainings.find(({ code }) => code === wish.training)
  return {
    wish,
    day: dayInWords(say, wish.date),
    where: inZone(say, wish.zone),
    hostZone: zoneName(wish.zone, say.t),
    length: minutesInWords(say, wish.minutes),
    zones: zoneOptions(say.t, wish.zone),
    lengths: LENGTHS.map(value => ({ value: String(value), label: minutesInWords(say, value) })),
    trainings: [
      { value: '', label: say.t('planning.noTraining') },
      ...trainings.map(({ code, title }) => ({ value: code, label: `${wordsIn(title, say.lang)} (${code})` })),
    ],
    states: all.map(({ iso2, name }) => ({ value: iso2, label: wordsIn(name, say.lang) })),
    earlier: addressOf(req, wish, -1),
    later: addressOf(req, wish, 1),
    windows: windows.map(window => windowLine(req, say, wish, window, states.length, Boolean(training))),
    sentence: best ? sentenceOf(say, wish, best, states.length) : null,
    drawing: best ? drawingOf(say, strip, best, wish) : null,
    rows: strip.rows.map((row, index) => tableRow(say, strip, index, row.state, wish)),
  }
}

function windowLine(req: Request, say: Speaker, wish: Wish, window: Window, of: number, linked: boolean) {
  const end = window.instant.add({ minutes: wish.minutes }).toZonedDateTimeISO(wish.zone)
  const ends = end.toPlainTime().toString({ smallestUnit: 'minute' })
  const sameDay = end.toPlainDate().toString() === wish.date
  const query = new URLSearchParams({ date: wish.date, starts: window.start, ends, zone: wish.zone })
  return {
    time: `${window.start}–${ends}`,
    text:
      window.working === of
        ? say.t('planning.allWork', { count: of })
        : say.t('planning.someWork', { count: window.working, of }),
    flags: flagLines(say, window.flags),
    href: linked && sameDay ? `/${req.lang}/manage/trainings/${wish.training}/sessions/new?${query}` : null,
  }
}

const sentenceOf = (say: Speaker, wish: Wish, best: Window, of: number) =>
  say.t(best.working === of ? 'planning.sentenceAll' : 'planning.sentence', {
    start: best.start,
    where: inZone(say, wish.zone),
    length: minutesInWords(say, wish.minutes),
    working: best.working,
    of,
  })

const LEFT = 190
const SLOT = 16
const ROW = 34
const TOP = 30

/** Numbers of the drawing: for each State bands of one kind after another, in units of its own. */
function drawingOf(say: Speaker, strip: Strip, best: Window, wish: Wish) {
  const width = LEFT + strip.slots.length * SLOT
  const height = TOP + strip.rows.length * ROW
  const startsAt = strip.slots.findIndex(({ instant }) => instant.equals(best.instant))
  return {
    width,
    height,
    left: LEFT,
    hours: strip.slots.flatMap(({ at }, index) =>
      at.endsWith(':00') && Number(at.slice(0, 2)) % 3 === 0 ? [{ x: LEFT + index * SLOT, label: at }] : [],
    ),
    best: {
      x: LEFT + startsAt * SLOT,
      width: Math.min((wish.minutes / 30) * SLOT, width - LEFT - startsAt * SLOT),
    },
    rows: strip.rows.map(({ state, cells }, index) => ({
      name: wordsIn(state.name, say.lang),
      short: shortOf(say, state),
      y: TOP + index * ROW,
      bands: bandsOf(cells).map(band => ({
        kind: band.off ? 'off' : band.hour,
        x: LEFT + band.from * SLOT,
        width: (band.to - band.from) * SLOT,
        label: fitting(bandLabel(say, band, strip), (band.to - band.from) * SLOT),
      })),
    })),
  }
}

type Cell = Strip['rows'][number]['cells'][number]
type Band = { from: number; to: number; hour: Cell['hour']; off: DayOff | null }

function bandsOf(cells: Cell[]): Band[] {
  const bands: Band[] = []
  for (const [index, { hour, off }] of cells.entries()) {
    const last = bands.at(-1)
    const same = last && last.off?.why === off?.why && (off !== null || last.hour === hour)
    if (same) last.to = index + 1
    else bands.push({ from: index, to: index + 1, hour, off })
  }
  return bands
}

// About as wide as a letter is at the size of the drawing's words.
const LETTER = 8.2
const fitting = (label: string | null, width: number) => (label && label.length * LETTER + 8 <= width ? label : null)

/** What a band says: a day off by its name, working hours by the host's clock. */
function bandLabel(say: Speaker, { from, to, hour, off }: Band, strip: Strip): string | null {
  if (off) return offWords(say, off)
  return hour === 'work' ? `${strip.slots[from]!.at}–${strip.slots[to]?.at ?? '24:00'}` : null
}

const offWords = (say: Speaker, off: DayOff): string =>
  off.why === 'holiday'
    ? say.t('planning.holiday', { holiday: wordsIn(off.holiday, say.lang) })
    : say.t('planning.weekend')

// The name the State itself uses in Russian; that of the runtime's data is an older one.
const SHORT: Record<string, string> = { 'ru KG': 'Кыргызстан' }

/** The short name of a State in a narrow column. */
const shortOf = ({ tag }: Speaker, { iso2 }: StateDays): string =>
  SHORT[`${tag} ${iso2}`] ??
  new Intl.DisplayNames([tag === 'ar-XB' ? 'en' : tag], { type: 'region', style: 'short' }).of(iso2) ??
  iso2

/** The same for reading: what the clock says there, when people work by the host's clock, and why they may not. */
function tableRow(say: Speaker, strip: Strip, index: number, state: StateDays, wish: Wish) {
  const { cells } = strip.rows[index]!
  const working = bandsOf(cells).filter(band => !band.off && band.hour === 'work')
  return {
    name: wordsIn(state.name, say.lang),
    difference:
      differenceInWords(say, strip.slots[0]!.instant, wish.zone, state.zone) ??
      say.t('planning.sameClock', { where: inZone(say, wish.zone) }),
    working:
      working.map(band => `${strip.slots[band.from]!.at}–${strip.slots[band.to]?.at ?? '24:00'}`).join(', ') ||
      say.t('planning.notWorking'),
    off: offHours(say, strip, bandsOf(cells)) || say.t('planning.noDayOff'),
  }
}

/** Days off that touch the host's day, with the hours where they are not the whole of it. */
const offHours = (say: Speaker, { slots }: Strip, bands: Band[]): string =>
  bands
    .flatMap(({ off, from, to }) => {
      if (!off) return []
      if (from === 0 && to === slots.length) return offWords(say, off)
      return say.t('planning.part', { words: offWords(say, off), from: slots[from]!.at, to: slots[to]?.at ?? '24:00' })
    })
    .join('; ')

function addressOf(req: Request, wish: Wish, days: number): string {
  const date = Temporal.PlainDate.from(wish.date).add({ days }).toString()
  const query = new URLSearchParams({ date, minutes: String(wish.minutes), zone: wish.zone })
  if (wish.training) query.set('training', wish.training)
  for (const state of wish.states) query.append('states', state)
  return `/${req.lang}/manage/planning?${query}`
}
