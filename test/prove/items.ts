import type { Proof } from './entries.ts'

const grading = 'test/grading.test.ts'
const spelling = 'test/spelling.test.ts'
const pages = 'test/items.test.ts'

/** One break for each rule by which an answer earns points, and for what keeps keys off the page. */
export const items: Proof[] = [
  broken(
    'Points: one right option and another earn nothing',
    grading,
    'models/items/options.ts',
    'chosen.size === 1 &&',
    '',
  ),
  broken(
    'Points: a wrong choice takes as much away as a right one gives',
    grading,
    'models/items/multiple.ts',
    '(hits - misses) / right.length',
    'hits / right.length',
  ),
  broken(
    'Points: no answer earns less than nothing',
    grading,
    'models/items/multiple.ts',
    'Math.max(0, (hits',
    'Math.max(-1, (hits',
  ),
  broken(
    'Points: lines of a matching count in equal shares of all lines',
    grading,
    'models/items/matching.ts',
    'value)).length / pairs.length',
    'value)).length / value.length',
  ),
  broken(
    'Points: steps the wrong way round take away',
    grading,
    'models/items/ordering.ts',
    'else if (place > later) sum--',
    '',
  ),
  broken(
    'Points: steps with the same place earn nothing',
    grading,
    'models/items/ordering.ts',
    'place < later',
    'place <= later',
  ),
  broken(
    'Points: an order never earns less than nothing',
    grading,
    'models/items/ordering.ts',
    'Math.max(0, sum / all)',
    'sum / all',
  ),
  broken(
    'Points: gaps of a text count in equal shares',
    grading,
    'models/items/cloze.ts',
    'entryAt(value, each.id))).length / gaps.length',
    'entryAt(value, each.id))).length',
  ),
  broken(
    'Points: a case is worth the mean of its questions',
    grading,
    'models/items/scenario.ts',
    ', 0) / questions.length',
    ', 0)',
  ),
  broken(
    'Points: a question counts as much as it is worth',
    grading,
    'models/grading.ts',
    'item.points * shareOf(item, value)',
    'shareOf(item, value)',
  ),
  broken(
    'Points: what has no right answer counts on neither side',
    grading,
    'models/grading.ts',
    'items.filter(item => isGraded(item) || isMarked(item))',
    'items',
  ),
  broken(
    'Points: percent is of all that can be reached',
    grading,
    'models/grading.ts',
    '(100 * sum) / maxPoints',
    '(100 * sum) / items.length',
  ),
  broken(
    'Numbers: the edge of the tolerance counts in',
    spelling,
    'models/items/numeric.ts',
    'tolerance + 1e-9 *',
    'tolerance - 1e-9 *',
  ),
  broken(
    'Numbers: beyond the tolerance nothing counts',
    spelling,
    'models/items/numeric.ts',
    '<= most)',
    '<= most + 1)',
  ),
  broken(
    'Numbers: a comma separates decimals as a point does',
    spelling,
    'models/items/numbers.ts',
    "plain.replace(',', '.'), ...",
    '...',
  ),
  broken('Words: ё and е are one letter', spelling, 'models/items/spelling.ts', ".replaceAll('ё', 'е')", ''),
  broken(
    'Words: letters of the Cyrillic alphabets stay apart',
    spelling,
    'models/items/spelling.ts',
    '/\\p{Script=Latin}/u',
    '/\\p{L}/u',
  ),
  broken(
    'Draw: an essay is never drawn by itself',
    'test/drawing.test.ts',
    'models/drawing.ts',
    'return isGraded(item) && (',
    'return (',
  ),
  broken(
    'Test: names of fields do not tell the order of steps',
    pages,
    'models/items/kind.ts',
    "createHash('sha256').update(text.en).digest('hex').slice(0, 8)",
    "({ one: 'a', two: 'b', three: 'c', four: 'd' })[text.en.slice(5)] ?? createHash('sha256').update(text.en).digest('hex').slice(0, 8)",
  ),
  broken(
    'Test: what does not fit a field is refused',
    pages,
    'models/items/kinds.ts',
    '&& said.length <= part.most',
    '',
  ),
  broken(
    'Grades: a stored result that does not follow from its answers is found',
    'test/checking-grades.test.ts',
    'models/grading.ts',
    '&& again.percent === percent',
    '',
  ),
  broken(
    'Bank: a gap that is not in the text is told',
    'test/curriculum/bank.test.ts',
    'models/items/cloze.ts',
    '.length !== 1',
    '.length > 1',
  ),
]

function broken(promise: string, test: string, file: string, find: string, replace: string): Proof {
  return { promise, test, file, find, replace }
}
