import type { Proof } from './entries.ts'

const test = 'test/bootstrap.test.ts'
const file = 'bin/bootstrap.mjs'

export const bootstrap: Proof[] = [
  {
    promise: 'A lock that names another version is installed',
    test,
    only: 'names another version',
    file,
    find: 'found !== version',
    replace: 'found === undefined',
  },
  {
    promise: 'A second start installs nothing',
    test,
    only: 'when all is there',
    file,
    find: ': !optional)',
    replace: ': true)',
  },
  {
    promise: 'The link to Node is put back when npm dropped it',
    test,
    only: 'puts the link to Node back',
    file,
    find: 'if (!existsSync(projectNode)) link()',
    replace: '',
  },
  {
    promise: 'A Node that is too old is refused',
    test,
    only: 'refuses a Node that is too old',
    file,
    find: 'const oldestNode = 26',
    replace: 'const oldestNode = 18',
  },
  {
    promise: 'Of several starts at once, one installs',
    test,
    only: 'lets one of several install',
    file,
    find: 'underLock(() => needed() && install())',
    replace: 'underLock(() => install())',
  },
  {
    promise: 'An install that failed does not start the platform',
    test,
    only: 'EAI_AGAIN',
    file,
    find: 'if (status !== 0) throw',
    replace: 'if (status > 1) throw',
  },
  {
    promise: 'A command in bin/ ends as its task ends',
    test,
    only: 'end as it ends',
    file: 'bin/run.mjs',
    find: 'process.exit(code)',
    replace: 'process.exit(0)',
  },
]
