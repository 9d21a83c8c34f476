import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect } from 'chai'
import { edited, removeExamples, writeExample } from './example.ts'

const TASK = join(import.meta.dirname, '../../server/tasks/curriculum.ts')

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [TASK, ...args], { encoding: 'utf8' })
  return { status, lines: stdout.trimEnd().split('\n'), stderr }
}

describe('bin/curriculum', function () {
  this.timeout(20_000)
  after(removeExamples)

  it('check prints one line of totals when all is well', () => {
    const { status, lines } = run('check', writeExample())
    expect(status).to.equal(0)
    expect(lines).to.deep.equal(['2 modules, 3 lessons, 1 lessons with text, 2 items, 1 sources, 1 terms, 1 forms'])
  })

  it('check prints each mistake as file:line and ends with 1', () => {
    const broken = edited('RMC-01/module.yaml', 'level: foundation', 'level: basic')
    const { status, lines } = run('check', writeExample(broken))
    expect(status).to.equal(1)
    expect(lines).to.deep.equal([
      'RMC-01/module.yaml:4  level "basic" is not one of: foundation, intermediate, advanced',
      '1 problem',
    ])
  })

  it('report gives words and sources of each lesson, and items of each outcome', () => {
    const { status, lines } = run('report', writeExample())
    expect(status).to.equal(0)
    expect(lines[0]).to.equal('RMC-01  Foundations')
    expect(lines[1]).to.match(/^ {2}RMC-01\/L1\.en\.md: \d+ words, 1 sources$/)
    expect(lines).to.include('  RMC-01-LO2: 1 items')
  })

  it('says how it is used when it is asked for something else', () => {
    const { status, stderr } = run('chekc')
    expect(status).to.equal(2)
    expect(stderr).to.include('bin/curriculum check [folder]')
  })
})
