import { expect } from 'chai'
import { files, none, places, read } from './tree.ts'

const views = files('views', '.ejs')
// Mail programs know no style sheets: letters alone carry their style on them.
const pages = views.filter(path => !path.startsWith('views/mail/'))

/** HTML that is printed as it is: where, and who made it safe. */
const sanitized: Record<string, string[]> = {
  'views/assignments/show.ejs': ['page.brief.html'],
  'views/lessons/_text.ejs': ['part.html'],
  'views/manage/drafts/_sides.ejs': ['side.html'],
  'views/manage/translations/_shown.ejs': ['part.html'],
}

describe('law: views', () => {
  it('include from the root: a relative include asks the disk at every rendering', () => {
    none(places(views, /include\('(?!\/)/g))
  })

  it('escape all they print, but for includes and sanitized lesson HTML', () => {
    const raw = views.flatMap(path =>
      places([path], /<%-(?:(?!%>)[\s\S])*%>/g).filter(
        place => !/ <%- include\(/.test(place) && !sanitized[path]?.some(text => place.includes(`<%- ${text} %>`)),
      ),
    )
    none(raw)
  })

  it('list no exception that is not used', () => {
    const idle = Object.entries(sanitized).filter(
      ([path, all]) => !all.every(text => read(path).includes(`<%- ${text} %>`)),
    )
    none(idle)
  })

  it('hold no script, style or handler of their own: the content policy forbids inline code', () => {
    const inline = /<script(?![^>]*\bsrc=)[^>]*>|<style\b|\sstyle=|\son[a-z]+=["']|javascript:/g
    none(places(pages, inline, markup))
  })

  it('hold no script in mails either', () => {
    none(places(views, /<script|\son[a-z]+=["']|javascript:/g, markup).filter(isLetter))
  })

  it('load scripts as modules, by their asset name', () => {
    const loose = places(pages, /<(?:script|link)\b(?:<%(?:(?!%>)[\s\S])*%>|[^<>])*>/g).filter(
      place =>
        /<script(?! type="module" src="<%= asset\()/.test(place) ||
        /rel="stylesheet"(?! href="<%= asset\()/.test(place),
    )
    none(loose)
  })

  it('begin every posting form with its token', () => {
    const forms = places(
      pages,
      /<form\b[^<>]*method="post"(?:<%(?:(?!%>)[\s\S])*%>|[^<>])*>(?!\s*<input type="hidden" name="_csrf" value="<%= csrf\(\) %>">)/gi,
    )
    none(forms)
  })

  it('ask for a token in posting forms only: it would give every reader a sign-in session', () => {
    const asked = places(pages, /csrf\(\)/g).length
    const posting = places(pages, /<form\b[^>]*method="post"/gi).length
    expect(asked).to.equal(posting)
  })
})

describe('law: style sheets', () => {
  const sheets = files('public/css', '.css')

  it('know start and end, not left and right: a page mirrors by its direction alone', () => {
    const side = '(?:left|right|top|bottom)'
    const property = `(?:(?:margin|padding|border|inset|scroll-margin|scroll-padding)-${side}(?:-\\w+)?|${side}|(?:min-|max-)?(?:width|height)|border-(?:top|bottom)-(?:left|right)-radius)`
    const declaration = new RegExp(
      `(?<=[{;]\\s*)(?:${property}\\s*:|(?:float|clear|text-align)\\s*:\\s*(?:left|right)\\b)`,
      'g',
    )
    none(places(sheets, declaration, plainCss))
  })

  it('bring nothing from elsewhere', () => {
    none(places(sheets, /@import|url\(\s*['"]?(?:https?:)?\/\//g, plainCss))
  })
})

const isLetter = (place: string) => place.startsWith('views/mail/')

/** A view without its expressions: what is left is HTML. Lines stay where they are. */
function markup(path: string): string {
  return read(path)
    .replace(/<%(?![=-])[\s\S]*?%>|<!--[\s\S]*?-->/g, blank)
    .replace(/<%[\s\S]*?%>/g, 'x')
}

function plainCss(path: string): string {
  return read(path).replace(/\/\*[\s\S]*?\*\//g, blank)
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, ' ')
}
