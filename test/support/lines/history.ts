/** An answer as a learner gave it on a device, in the order of giving. */
export type Given = { device: string; question: number; value: string[] }
/** An answer with its place in the count of its device. */
export type Counted = Given & { counter: number }

export type History = {
  given: Given[]
  /** What the platform acknowledged, as the device heard it. */
  acknowledged: Counted[]
  /** What the platform stored, in the order of arrival. */
  record: Counted[]
  /** What the platform lets count, by question. */
  counting: Record<number, string[]>
}

/**
 * Compares what learners gave, what they were told, and what is in the record once nothing waits any more. The rules are
 * the promise itself and know nothing of how the platform keeps it.
 * @returns the faults in words; none when no answer was lost, invented or put in another order
 */
export function faultsOf(history: History): string[] {
  return [...lost(history), ...forgotten(history), ...invented(history), ...disordered(history), ...miscounted(history)]
}

const text = (value: string[]) => value.toSorted().join('+') || 'nothing'
const tell = ({ device, question, value, counter }: Given & { counter?: number }) =>
  `${device}${counter ? ` #${counter}` : ''} question ${question}: ${text(value)}`
const same = (one: Counted, other: Counted) => tell(one) === tell(other)
const of = <T extends Given>(all: T[], { device, question }: Given) =>
  all.filter(each => each.device === device && each.question === question)

const lost = ({ acknowledged, record }: History) =>
  acknowledged.filter(each => !record.some(row => same(row, each))).map(each => `acknowledged and lost: ${tell(each)}`)

/** The last answer of each device to each question has arrived: earlier ones may have been overtaken on the device. */
const forgotten = ({ given, record }: History) =>
  given
    .filter(each => of(given, each).at(-1) === each)
    .filter(each => text(newest(of(record, each))?.value ?? ['none at all']) !== text(each.value))
    .map(each => `given last and not in the record: ${tell(each)}`)

/** What is stored of a device and question was given there, in this order. */
function invented({ given, record }: History) {
  return record.flatMap(row => {
    const rows = of(record, row).toSorted((one, other) => one.counter - other.counter)
    if (rows[0] !== row) return []
    const left = of(given, row).map(each => text(each.value))
    return rows.flatMap(each => {
      const at = left.indexOf(text(each.value))
      left.splice(0, at + 1)
      return at < 0 ? [`stored and never given so: ${tell(each)}`] : []
    })
  })
}

/** What a device sends arrives in the order of its count, also when it is sent again. */
const disordered = ({ record }: History) =>
  record
    .filter((row, index) => record.slice(0, index).some(b => b.device === row.device && b.counter >= row.counter))
    .map(row => `arrived after a later one: ${tell(row)}`)

/** Of one device the highest counter counts; between devices the one that arrived last. */
function miscounted({ record, counting }: History) {
  const questions = [...new Set(record.map(row => row.question))]
  return questions.flatMap(question => {
    const rows = record.filter(row => row.question === question)
    const heads = [...Map.groupBy(rows, row => row.device).values()].map(newest)
    const right = rows.findLast(row => heads.includes(row))!
    const counts = counting[question] ?? ['none at all']
    return text(counts) === text(right.value) ? [] : [`counts as ${text(counts)}, where right is ${tell(right)}`]
  })
}

const newest = (rows: Counted[]) =>
  rows.length ? rows.reduce((one, other) => (other.counter > one.counter ? other : one)) : undefined
