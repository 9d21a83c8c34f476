export const SHORTEST = 12
export const LONGEST = 128

/**
 * What the commonest passwords are made of, once digits and signs at their ends are taken off. A password that is
 * nothing but these is among the first that a program tries. Latin and Cyrillic keyboards.
 */
const COMMON = new Set(
  (
    'password passwort passw pass word parola parol sifre şifre contrasena motdepasse admin administrator root user guest login ' +
    'welcome letmein iloveyou loveyou love lovely sunshine princess dragon monkey football baseball superman batman ' +
    'master hello shadow michael jordan charlie freedom whatever trustno secret internet computer samsung google ' +
    'starwars pokemon cheese summer winter spring autumn change changeme default test testing temp qwerty qwertyuiop ' +
    'qwertyui qwert asdfgh asdfghjkl asdf zxcvbn zxcvbnm qazwsx qazwsxedc qweasd qweasdzxc qwe abc abcd abcdef abcdefgh ' +
    'пароль йцукен йцукенгшщзхъ фывапролджэ ячсмитьбю привет любовь админ солнышко наташа максим марина ' +
    'rtcm almaty baku almatyprocess almaty-process migration'
  ).split(' '),
)

const ROWS = [
  '01234567890123456789',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
  'йцукенгшщзхъфывапролджэячсмитьбю',
]

/**
 * What is wrong with a new password: 'short', 'long', 'common' or 'own' (made of the address or the name), or undefined.
 * No rules of composition: length, and not what everybody has (NIST SP 800-63B, OWASP ASVS 6.2).
 */
export function passwordFault(password: string, { email, name }: { email: string; name?: string }) {
  const length = [...password.normalize('NFC')].length
  if (length < SHORTEST) return 'short'
  if (length > LONGEST) return 'long'
  const plain = password.normalize('NFC').toLowerCase()
  if (isCommon(plain)) return 'common'
  const own = [email, email.split('@')[0] ?? '', ...(name ?? '').split(/\s+/)].map(part => part.toLowerCase())
  if (own.some(part => part.length > 3 && bare(plain.replaceAll(part, '')).length < 4)) return 'own'
  return undefined
}

function isCommon(plain: string): boolean {
  if (new Set(plain).size < 5) return true
  const letters = bare(plain)
  if (COMMON.has(letters) || !letters) return true
  if (isRun(plain) || isRun(letters)) return true
  // The same word twice or more, or two common words in a row.
  return repeated(letters) || madeOfCommon(letters)
}

const bare = (text: string) => text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')

function isRun(text: string): boolean {
  const back = [...text].reverse().join('')
  return text.length > 3 && ROWS.some(row => row.includes(text) || row.includes(back))
}

function repeated(text: string): boolean {
  return (text + text).indexOf(text, 1) < text.length
}

function madeOfCommon(text: string): boolean {
  const reached = [0]
  for (let end = 1; end <= text.length; end++)
    if (reached.some(start => COMMON.has(text.slice(start, end).replace(/^[^\p{L}]+|[^\p{L}]+$/gu, ''))))
      reached.push(end)
  return reached.at(-1) === text.length && text.length > 0
}
