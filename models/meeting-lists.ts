import { parse } from 'csv-parse/sync'
import { fileTypeFromBuffer } from 'file-type'
import { Refused } from './refused.ts'

/**
 * Lists of participants as meeting programs write them: with a heading or none, in English or Russian, with commas,
 * semicolons or tabs, in UTF-8, UTF-16 or Windows-1251.
 */

/** One line of a list. Times are as written: whose clock it is, the importer says. */
export type ListedPerson = {
  name: string
  email: string
  joined: string
  left: string
  /** Minutes, where the list counts them itself. */
  minutes: number | null
}

const MOST_ROWS = 3000

/**
 * The people of a list. @throws Refused `list.empty`, `list.notText` (a spreadsheet, a picture), `list.columns` (nothing that
 * names people, or nothing that says how long), `list.long`
 */
export async function readList(bytes: Buffer): Promise<ListedPerson[]> {
  if (!bytes.length) throw new Refused('list.empty', { field: 'file' })
  const kind = await fileTypeFromBuffer(bytes)
  if (kind && !kind.mime.startsWith('text/'))
    throw new Refused('list.notText', { field: 'file', kind: kind.ext.toUpperCase() })
  return peopleIn(decoded(bytes))
}

/** Text of a file in the encoding it has. @throws Refused `list.encoding` when it is none of those known */
export function decoded(bytes: Buffer): string {
  const text = decodedAs(bytes)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what no text has
  if (/[\u0000-\u0008\u000e-\u001f\ufffd]/.test(text)) throw new Refused('list.encoding', { field: 'file' })
  return text
}

function decodedAs(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  if (isUtf16(bytes)) return new TextDecoder('utf-16le').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1251').decode(bytes)
  }
}

// Without a mark at the beginning: every other byte of Latin text is zero, and no line is without a comma or a space.
function isUtf16(bytes: Buffer): boolean {
  const start = bytes.subarray(0, 2000)
  const zeros = [...start].filter((byte, index) => index % 2 === 1 && byte === 0).length
  return start.length > 3 && zeros > start.length / 10
}

const WORDS: Record<keyof Columns, string[]> = {
  name: [
    ...[
      'name',
      'full name',
      'user name',
      'display name',
      'participant',
      'participant name',
      'participants',
      'attendee',
    ],
    ...[
      'имя',
      'фио',
      'имя пользователя',
      'имя участника',
      'полное имя',
      'участник',
      'отображаемое имя',
      'фамилия и имя',
    ],
  ],
  first: ['first name', 'имя участника 1', 'given name'],
  last: ['last name', 'surname', 'family name', 'фамилия'],
  email: [
    ...['email', 'e-mail', 'user email', 'email address', 'e-mail address', 'mail', 'participant id', 'upn'],
    ...['почта', 'эл. почта', 'электронная почта', 'адрес электронной почты', 'эл. адрес', 'адрес эл. почты'],
    ...['эл. почта пользователя', 'электронная почта пользователя', 'адрес почты', 'электронный адрес'],
  ],
  joined: [
    ...['join time', 'joined', 'joined at', 'first join', 'first join time', 'time joined', 'start time', 'entry time'],
    ...[
      'время входа',
      'вход',
      'время подключения',
      'время присоединения',
      'первое подключение',
      'первый вход',
      'подключение',
    ],
    ...['первое присоединение', 'присоединение'],
  ],
  left: [
    ...['leave time', 'left', 'left at', 'last leave', 'last leave time', 'time exited', 'end time', 'exit time'],
    ...['время выхода', 'выход', 'время отключения', 'последнее отключение', 'последний выход', 'отключение'],
  ],
  minutes: [
    ...['duration', 'minutes', 'total duration', 'in-meeting duration', 'meeting duration', 'attendance duration'],
    ...['time in session', 'time in meeting', 'total time'],
    ...[
      'продолжительность',
      'длительность',
      'минуты',
      'время в конференции',
      'время присутствия',
      'общая продолжительность',
    ],
    ...['продолжительность участия', 'время участия', 'всего минут'],
  ],
}

type Columns = {
  name: number
  first: number
  last: number
  email: number
  joined: number
  left: number
  minutes: number
}

/** The people of a list in text. @throws Refused as `readList` */
export function peopleIn(text: string): ListedPerson[] {
  const clean = text.replace(/^\ufeff/, '')
  if (!clean.trim()) throw new Refused('list.empty', { field: 'file' })
  const rows = delimiters(clean).map(delimiter => rowsOf(clean, delimiter))
  const heads = rows.map(each => headIn(each))
  const best = heads.findIndex(head => head && usable(head.columns))
  if (best < 0) throw new Refused('list.columns', { field: 'file' })
  const { columns, at } = heads[best]!
  const body = untilGap(rows[best]!.slice(at + 1))
  if (body.length > MOST_ROWS) throw new Refused('list.long', { field: 'file', most: MOST_ROWS })
  const people = body.map(cells => personOf(cells, columns)).filter(person => person.name || person.email)
  if (!people.length) throw new Refused('list.nobody', { field: 'file' })
  return people
}

function delimiters(text: string): string[] {
  const head = text.slice(0, 4000)
  return [',', ';', '\t'].toSorted((a, b) => head.split(b).length - head.split(a).length)
}

function rowsOf(text: string, delimiter: string): string[][] {
  try {
    const options = { delimiter, relax_column_count: true, relax_quotes: true, trim: true } as const
    return parse(text, options) as string[][]
  } catch {
    return []
  }
}

// A report may begin with a summary; the head of the table is the first line that names people and times.
function headIn(rows: string[][]): { columns: Columns; at: number } | undefined {
  for (const [at, cells] of rows.slice(0, 40).entries()) {
    const columns = columnsOf(cells)
    if (usable(columns)) return { columns, at }
  }
  return undefined
}

const usable = ({ name, last, email, joined, left, minutes }: Columns): boolean =>
  Math.max(name, last, email) >= 0 && (minutes >= 0 || (joined >= 0 && left >= 0))

function columnsOf(cells: string[]): Columns {
  const words = cells.map(cell =>
    cell
      .toLowerCase()
      .replace(/\([^)]*\)/g, '')
      .replace(/["'*:]/g, '')
      .replace(/\s+/g, ' ')
      .trim(),
  )
  const find = (column: keyof Columns) => words.findIndex(word => WORDS[column].includes(word))
  const [last, name] = [find('last'), find('name')]
  // "Фамилия; Имя": there the second word is the first name.
  const given = last >= 0 && name >= 0 ? name : find('first')
  return {
    ...{ last, first: given, name: last >= 0 ? -1 : name, email: find('email') },
    ...{ joined: find('joined'), left: find('left'), minutes: find('minutes') },
  }
}

// What comes after an empty line is another table of the same report.
function untilGap(rows: string[][]): string[][] {
  const gap = rows.findIndex(cells => cells.every(cell => !cell.trim()) || /^\d+\. /.test(cells[0] ?? ''))
  return gap > 0 ? rows.slice(0, gap) : rows
}

function personOf(cells: string[], columns: Columns): ListedPerson {
  const cell = (column: keyof Columns) => (columns[column] < 0 ? '' : (cells[columns[column]] ?? '').trim())
  const name = columns.last >= 0 ? `${cell('first')} ${cell('last')}`.trim() : cell('name')
  const email = cell('email')
  return {
    name: name.slice(0, 200),
    email: /^[^\s@]+@[^\s@]+$/.test(email) ? email.toLowerCase().slice(0, 254) : '',
    joined: cell('joined').slice(0, 60),
    left: cell('left').slice(0, 60),
    minutes: minutesIn(cell('minutes')),
  }
}

/** "63", "63,5", "1:03:20", "1h 3m 20s", "1 ч 3 мин" → whole minutes; null when it says nothing. */
export function minutesIn(text: string): number | null {
  const plain = /^(\d+(?:[.,]\d+)?)$/.exec(text)
  if (plain) return Math.floor(Number(plain[1]!.replace(',', '.')))
  const clock = /^(\d+):(\d\d)(?::(\d\d))?$/.exec(text)
  if (clock) return Number(clock[1]) * 60 + Number(clock[2])
  const [hours, minutes, seconds] = [/(\d+)\s*(?:h|ч)/i, /(\d+)\s*(?:m|мин|м)/i, /(\d+)\s*(?:s|сек|с)/i].map(pattern =>
    pattern.exec(text),
  )
  if (!hours && !minutes && !seconds) return null
  return Number(hours?.[1] ?? 0) * 60 + Number(minutes?.[1] ?? 0)
}
