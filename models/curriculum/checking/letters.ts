import type { Report } from '../problem.ts'

/**
 * Reports words that mix Latin and Cyrillic letters. Such a letter looks right and breaks codes, searches and
 * addresses (the Terms of Reference themselves carry one, in the Center's web address).
 */
export function checkLetters(text: string, report: Report) {
  text.split('\n').forEach((line, index) => {
    for (const [word] of line.matchAll(/[\p{Script=Latin}\p{Script=Cyrillic}\d]+/gu)) {
      const cyrillic = word.match(/\p{Script=Cyrillic}/gu) ?? []
      const latin = word.match(/\p{Script=Latin}/gu) ?? []
      if (!cyrillic.length || !latin.length) continue
      const [few, script] = cyrillic.length <= latin.length ? [cyrillic, 'Cyrillic'] : [latin, 'Latin']
      const strange = [...new Set(few)].join(', ')
      report(index + 1, 'look-alike.word', { word, strange, script: { word: `scripts.${script}` } })
    }
  })
}
