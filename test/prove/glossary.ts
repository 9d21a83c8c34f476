import type { Proof } from './entries.ts'

/** What is promised about the glossary of the curriculum and the lessons that lead to it. */
export const glossary: Proof[] = [
  {
    promise: 'A lesson links only terms that the glossary has',
    test: 'test/curriculum/glossary.test.ts',
    only: 'links an unknown term',
    file: 'models/curriculum/checking/lesson.ts',
    find: 'if (!known.isTerm(id)) report(',
    replace: 'if (!id) report(',
  },
  {
    promise: 'A term of the glossary has a source',
    test: 'test/curriculum/glossary.test.ts',
    only: 'a term without a source',
    file: 'models/curriculum/term.ts',
    find: `.min(1, 'shape.source')`,
    replace: '',
  },
  {
    promise: 'A lesson links the same terms in both languages',
    test: 'test/curriculum/glossary.test.ts',
    only: 'that only the',
    file: 'models/curriculum/checking/pair.ts',
    find: '  compareTerms(en, ru, russian.bodyLine, report)',
    replace: '',
  },
  {
    promise: 'A term keeps its place on the page when it leaves the files',
    test: 'test/curriculum/glossary.test.ts',
    only: 'keeps terms that left',
    file: 'models/curriculum/loading.ts',
    find: 'const terms = await loadTerms(curriculum.glossary.entries as Term[])',
    replace:
      "await (await import('../../lib/db.ts')).sql(null, 'delete from glossary_terms'); const terms = await loadTerms(curriculum.glossary.entries as Term[])",
  },
  {
    promise: 'A module that gains lessons becomes a new major version',
    test: 'test/curriculum/versions.test.ts',
    file: 'models/curriculum/loading/numbers.ts',
    find: 'const changed = base?.rulesHash !== content.rulesHash',
    replace: 'const changed = false',
  },
]
