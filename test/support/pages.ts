import { readdirSync } from 'node:fs'
import { expect } from 'chai'
import { type CheerioAPI, load } from 'cheerio'

const KNOWN_NOUNS = new Set(
  readdirSync(new URL('../../locales/en', import.meta.url)).map(name => name.replace(/\.json$/, '')),
)

/** What every page fetched by any test must be. */
export function checkPage(html: string, where: string): CheerioAPI {
  const $ = load(html)
  const fault = (what: string) => `${where}: ${what}`
  expect($('h1').length, fault('exactly one h1')).to.equal(1)
  expect($('title').text().trim(), fault('a title')).to.not.equal('')
  expect($('html').attr('lang'), fault('lang')).to.be.a('string')
  expect($('html').attr('dir'), fault('dir')).to.be.oneOf(['ltr', 'rtl'])
  expect($('main').length, fault('one main')).to.equal(1)
  checkIds($, fault)
  checkForms($, fault)
  checkTexts($, fault)
  expect($('script:not([src])').length, fault('no inline script')).to.equal(0)
  expect($('style,[style]').length, fault('no inline style')).to.equal(0)
  expect(html, fault('no inline handler')).to.not.match(/\son[a-z]+="/)
  expect($('a[href="#"], a:not([href])').length, fault('every link leads somewhere')).to.equal(0)
  return $
}

function checkIds($: CheerioAPI, fault: (what: string) => string) {
  const ids = $('[id]')
    .toArray()
    .map(element => $(element).attr('id')!)
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index)
  expect(twice, fault('unique ids')).to.deep.equal([])
  for (const element of $('[aria-describedby],[aria-labelledby]').toArray())
    for (const id of `${$(element).attr('aria-describedby') ?? ''} ${$(element).attr('aria-labelledby') ?? ''}`
      .trim()
      .split(/\s+/))
      expect(ids, fault(`aria points to #${id}`)).to.include(id)
}

function checkForms($: CheerioAPI, fault: (what: string) => string) {
  for (const form of $('form').toArray())
    if ($(form).attr('method')?.toLowerCase() === 'post')
      expect($(form).find('input[name=_csrf]').length, fault(`token in the form ${$(form).attr('action')}`)).to.equal(1)
  for (const field of $('input:not([type=hidden]):not([type=submit]), select, textarea').toArray()) {
    const id = $(field).attr('id')
    const labeled =
      (id && $(`label[for="${id}"]`).length) || $(field).closest('label').length || $(field).attr('aria-label')
    expect(Boolean(labeled), fault(`a label for the field ${$(field).attr('name')}`)).to.equal(true)
  }
  for (const button of $('button').toArray())
    expect($(button).text().trim() || $(button).attr('aria-label'), fault('a name on each button')).to.not.equal('')
}

function checkTexts($: CheerioAPI, fault: (what: string) => string) {
  const copy = $('body').clone()
  copy.find('code, pre, [data-raw]').remove()
  const text = copy.text()
  const keys = text.match(/\b[a-z][a-zA-Z-]+(\.[a-zA-Z][\w-]*)+\b/g) ?? []
  expect(
    keys.filter(key => isKey(key)),
    fault('no untranslated key'),
  ).to.deep.equal([])
  expect(text, fault('no placeholder left')).to.not.match(/\{\{|\}\}|\bundefined\b|\[object |\bNaN\b|\{mlang/)
}

// A key that is missing is shown as itself: noun.rest, where the noun has a locale file.
function isKey(text: string): boolean {
  return KNOWN_NOUNS.has(text.split('.')[0]!) && !/\.(az|org|int|com|example|net)$/.test(text)
}
