import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'

const trial = fileURLToPath(new URL('../prove/kills/run.ts', import.meta.url))

describe('a working process killed at twelve points', () => {
  it('no committed event is without its mail, none has a mail that was undone, none comes twice without reason', () => {
    const { stdout, stderr, status } = spawnSync(process.execPath, [trial, '12', 'always'], {
      encoding: 'utf8',
      timeout: 200_000,
    })
    expect(status, stderr).to.equal(0)
    expect(stdout).to.contain('12 kills').and.contain('Faults**: none')
    for (const point of ['before commit', 'after commit', 'after claim', 'before yes', 'after yes', 'after mark'])
      expect(stdout, point).to.contain(`1 ${point}`)
    expect(stdout, 'a mail came again').to.match(/Repeats\*\*: [1-9]/)
  }).timeout(210_000)
})
