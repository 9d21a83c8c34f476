import type { T, Texts } from '../../lib/i18n.ts'
import { editedTexts, fits, textsVersion } from '../../models/mail-texts.ts'

type Edition = { version: string; byLanguage: Map<string, T> }

const editions = new WeakMap<Texts, Edition>()

/**
 * The translator for mails: the files, and above them what the Center worded anew. It is made again only when a text
 * was edited. A wording whose placeholders its default no longer has is left aside: a mail is never half filled in.
 */
export async function mailTranslator(texts: Texts, code: string): Promise<T> {
  const version = await textsVersion()
  let edition = editions.get(texts)
  if (edition?.version !== version) {
    edition = { version, byLanguage: new Map() }
    if (version !== '0') await fill(edition, texts)
    editions.set(texts, edition)
  }
  return edition.byLanguage.get(code) ?? texts.translator(code)
}

async function fill({ byLanguage }: Edition, texts: Texts) {
  const byCode = Map.groupBy(await editedTexts(), text => text.language)
  for (const [code, edited] of byCode) {
    if (!texts.language(code)) continue
    const originals = texts.textsOf(code, 'mail')
    const changes = edited.filter(({ key, body }) => originals[key] !== undefined && fits(body, originals[key], key).ok)
    byLanguage.set(code, texts.edited(code, 'mail', Object.fromEntries(changes.map(({ key, body }) => [key, body]))))
  }
}
