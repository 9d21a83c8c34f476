import type { Proof } from './entries.ts'

/** What is promised of the figures that lessons show. */
export const diagrams: Proof[] = [
  {
    promise: 'A row of a diagram says its source',
    test: 'test/curriculum/checking.test.ts',
    only: 'a row without a source',
    file: 'models/curriculum/diagram.ts',
    find: ".min(1, 'shape.source')",
    replace: '',
  },
  {
    promise: 'A lesson shows only diagrams that are there',
    test: 'test/curriculum/checking.test.ts',
    only: 'a diagram nobody knows',
    file: 'models/curriculum/checking/lesson.ts',
    find: 'if (!codes.includes(code))',
    replace: 'if (!code)',
  },
  {
    promise: 'Both languages show the same diagrams in the same order',
    test: 'test/curriculum/checking.test.ts',
    only: 'a diagram that one language lacks',
    file: 'models/curriculum/checking/pair.ts',
    find: "compare('diagram', en.diagrams, ru.diagrams, diagram => diagram.code, report)",
    replace: '',
  },
  {
    promise: 'Diagrams come out of the database as they went in',
    test: 'test/curriculum/exporting.test.ts',
    only: 'goes from files to the database and back',
    file: 'models/curriculum/exporting/module.ts',
    find: 'return row!.diagrams',
    replace: 'return row!.diagrams.slice(1)',
  },
  {
    promise: 'Other rows of a diagram are another version',
    test: 'test/curriculum/loading.test.ts',
    only: 'corrected row of a diagram',
    file: 'models/curriculum/content.ts',
    find: '...(diagrams.length ? [diagrams] : [])',
    replace: '',
  },
  {
    promise: 'A text edited in the platform keeps its words and takes the corrected diagram',
    test: 'test/curriculum/loading.test.ts',
    only: 'draws its diagrams anew',
    file: 'models/curriculum/loading/edited.ts',
    find: '.map(text => drawnAnew(text, content))',
    replace: '',
  },
  {
    promise: 'What a diagram says is no markup',
    test: 'test/curriculum/diagrams.test.ts',
    only: 'prints signs as they stand',
    file: 'lib/drawing-text.ts',
    find: 'text.replace(/[&<>"]/g, sign => `&#${sign.charCodeAt(0)};`)',
    replace: 'text',
  },
  {
    promise: 'A diagram cites the sources of its rows among those of the lesson',
    test: 'test/curriculum/diagrams.test.ts',
    only: 'cites the sources of its rows',
    file: 'lib/markdown.ts',
    find: 'return diagram ? ofDiagram(diagram)',
    replace: 'return diagram ? []',
  },
]
