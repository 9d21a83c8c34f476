import path from 'node:path'
import { checkCurriculum } from '../../models/curriculum/checking.ts'
import { describeCurriculum } from '../../models/curriculum/describing.ts'

const shipped = path.join(import.meta.dirname, '../../curriculum')
const acts: { [act: string]: (dir: string) => number | Promise<number> } = { check, report }

/** `bin/curriculum check|report [folder]` */
const [act = '', dir = shipped] = process.argv.slice(2)
if (acts[act]) process.exitCode = await acts[act](dir)
else {
  console.error(`Usage: bin/curriculum ${Object.keys(acts).join('|')} [folder]`)
  process.exitCode = 2
}

function check(dir: string) {
  const { curriculum, problems } = checkCurriculum(dir)
  for (const { file, line, message } of problems) console.log(`${file}:${line}  ${message}`)
  if (problems.length) {
    console.log(`${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}`)
    return 1
  }
  console.log(describeCurriculum(curriculum).totals)
  return 0
}

function report(dir: string) {
  const { lines, totals } = describeCurriculum(checkCurriculum(dir).curriculum)
  console.log([...lines, totals].join('\n'))
  return 0
}
