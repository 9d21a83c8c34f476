/** Words of a text without their endings, so that "беженцам" and "беженец" are one. A rule of thumb and no dictionary. */
export const stemsIn = (text: string, language: string): string[] =>
  (
    text
      .toLowerCase()
      .replaceAll('ё', 'е')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  ).map(STEMS[language] ?? beginning)

/** Whether some stems stand in others one after another. */
export const standsTogether = (stems: string[], among: string[]): boolean =>
  stems.length > 0 && among.some((_, at) => stems.every((stem, index) => among[at + index] === stem))

// The longest ending first; what is left has at least three letters. Fleeting vowels: беженец, беженца.
const ENDING =
  /^(.{3,}?)(?:иями|ями|ами|ьми|ией|иям|ием|иях|ого|его|ому|ему|ыми|ими|ов|ев|ей|ой|ий|ый|ая|яя|ое|ее|ые|ие|ых|их|ым|им|ую|юю|ам|ям|ах|ях|ом|ем|ою|ею|ию|ью|ии|ия|ья|а|е|и|о|у|ы|ь|ю|я|й)$/

const russian = (word: string): string => {
  const stem = ENDING.exec(word)?.[1] ?? word
  return stem.length > 4 ? stem.replace(/[ео](?=[цк]$)/, '') : stem
}

const english = (word: string): string => word.replace(/^(.{2,})ies$/, '$1y').replace(/^(.{3,}[^s])s$/, '$1')

// Of languages whose endings are not known here the first five letters count, which serves Turkic ones well (F. Can and
// others, "Information retrieval on Turkish texts", 2008). Arabic letters that other keyboards write stand for one.
const beginning = (word: string): string => [...word.replaceAll('ي', 'ی').replaceAll('ك', 'ک')].slice(0, 5).join('')

const STEMS: Record<string, (word: string) => string> = { en: english, ru: russian }
