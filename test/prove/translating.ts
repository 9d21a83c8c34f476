import type { Proof } from './entries.ts'

/** What is promised to those who translate the curriculum, and to those who ask them to. */
export const translating: Proof[] = [
  {
    promise: 'A Russian text is stale once its English changed',
    test: 'test/translations.test.ts',
    only: 'says what is new',
    file: 'models/translation.ts',
    find: 'partHash(en) !== sourceHash',
    replace: 'partHash(en) === sourceHash',
  },
  {
    promise: 'Published Russian is held against the fingerprint of its English',
    test: 'test/translations.test.ts',
    only: 'what is published is stale',
    file: 'models/translation.ts',
    find: "'+/', '-_'), 22)",
    replace: "'+/', '-_'), 21)",
  },
  {
    promise: 'A translator is asked once, whatever moves the day',
    test: 'test/translations.test.ts',
    only: 'a translator is asked once by mail',
    file: 'models/translating.ts',
    find: 'if (live?.personId === personId) return',
    replace: 'if (!live) return',
  },
  {
    promise: 'Only those who translate are asked',
    test: 'test/translations.test.ts',
    only: 'nobody who does not translate',
    file: 'models/translation.ts',
    find: "and g.role = 'translator' and",
    replace: 'and',
  },
  {
    promise: 'What is reviewed waits for nobody',
    test: 'test/translations.test.ts',
    only: 'a translator is asked once by mail',
    file: 'models/reviewing-drafts.ts',
    find: "if (step === 'reviewed') await endTranslations(draft)",
    replace: '',
  },
  {
    promise: 'The editor shows the English that the Russian translates beside the English of today',
    test: 'test/translations.test.ts',
    only: 'the editor shows the English sentences',
    file: 'models/translation.ts',
    find: '.find(({ content }) => partHash(content) === ru!.sourceHash)',
    replace: '.at(0)',
  },
  {
    promise: 'A term is known in every case and number',
    test: 'test/translations.test.ts',
    only: 'are known in every case',
    file: 'lib/stems.ts',
    find: 'ENDING.exec(word)?.[1] ?? word',
    replace: 'word',
  },
  {
    promise: 'Forty who ask a translator at once ask once',
    test: 'test/races/translating.test.ts',
    on: 'postgres',
    file: 'models/translating.ts',
    find: "'select id from modules where code = $1 for update'",
    replace: "'select id from modules where code = $1'",
  },
]
