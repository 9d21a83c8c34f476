import { expect } from 'chai'
import { load } from 'cheerio'
import { citedSources, headingsOf, renderMarkdown } from '../../lib/markdown.ts'

const words = { activity: 'Activity', case: 'Case', check: 'Check yourself', figure: 'Figure' }

function render(text: string) {
  const sources = citedSources(text)
  return renderMarkdown(text, {
    sourceNumber: id => sources.indexOf(id) + 1,
    blockTitle: (kind, title) => `${words[kind]}: ${title}`,
    answers: 'Answers',
    table: number => `Table ${number}`,
    termAddress: id => `/en/glossary#term-${id}`,
    pictureAddress: name => `/pictures/${name}`,
    file: name => ({ address: `/files/${name}`, note: 'PDF, 9 kB' }),
    diagram: code => `<figure>${code}</figure>`,
  })
}

const page = (text: string) => load(render(text))

describe('Markdown', () => {
  it('lets no script, style, handler or foreign address through', () => {
    const html = render(
      [
        '<script>alert(1)</script>',
        'A <b onclick="alert(2)">word</b> and <img src=x onerror=alert(3)>.',
        '[a](javascript:alert(4)) [b](data:text/html,x) ![c](javascript:alert(5))',
        '::: case <script>alert(6)</script>\nText\n:::',
        '[@"><script>alert(7)</script>]',
        '```js"><script>\nalert(8)\n```',
      ].join('\n\n'),
    )
    const $ = load(html)
    expect($('script, style, iframe, b, img[onerror], [onclick], [style]').length).to.equal(0)
    expect(html).not.to.match(/(href|src)="(javascript|data):/)
  })

  it('leads terms to the glossary and leaves other links alone', () => {
    const $ = page('A [refugee](term:refugee) and a [page](https://example.org/term).')
    const links = $('a').toArray()
    expect(links.map(link => [$(link).attr('href'), $(link).attr('class'), $(link).text()])).to.deep.equal([
      ['/en/glossary#term-refugee', 'term', 'refugee'],
      ['https://example.org/term', undefined, 'page'],
    ])
  })

  it('numbers citations in order of first use and links them to the list of sources', () => {
    const $ = page('One [@b-2]. Two [@a-1] and again [@b-2].')
    const links = $('a.citation').toArray()
    expect(links.map(link => [$(link).attr('href'), $(link).text()])).to.deep.equal([
      ['#source-1', '[1]'],
      ['#source-2', '[2]'],
      ['#source-1', '[1]'],
    ])
    expect(citedSources('One [@b-2]. Two [@a-1] and again [@b-2].')).to.deep.equal(['b-2', 'a-1'])
  })

  it('makes of each block a section with its heading', () => {
    const $ = page('## One\n\n::: activity Five entries\nDo *this*.\n:::\n\n::: case A person\nText.\n:::')
    const section = $('section.block.block-activity')
    expect(section.children('h3').text()).to.equal('Activity: Five entries')
    expect(section.attr('aria-labelledby')).to.equal(section.children('h3').attr('id'))
    expect(section.find('em').text()).to.equal('this')
    expect($('section.block-case h3').text()).to.equal('Case: A person')
  })

  it('folds the answers of a self-check, and nothing else', () => {
    const $ = page('::: check Three questions\n1. What?\n2. Why?\n---\n1. This.\n2. So.\n:::\n\n---\n\nEnd.')
    expect($('section.block-check > ol').text()).to.include('What?')
    expect($('section.block-check > details > summary').text()).to.equal('Answers')
    expect($('details ol').text()).to.include('This.')
    expect($('details').length).to.equal(1)
    expect($('hr').length).to.equal(1)
  })

  it('takes a line of hyphens under a paragraph for the rule, not for a heading', () => {
    const $ = page('::: check One question\nIs it so?\n---\nYes.\n:::')
    expect($('h2').length).to.equal(0)
    expect($('details').text()).to.include('Yes.')
  })

  it('lets a table scroll by itself, named, its head cells and its numbers told', () => {
    const $ = page(
      '| State | People |\n|---|--:|\n| A | 10 |\n\n::: figure Flows\n| x | y |\n|---|---|\n| 1 | 2 |\n:::',
    )
    const region = $('div.table-scroll').first()
    expect(region.attr()).to.include({ tabindex: '0', role: 'region', 'aria-label': 'Table 1' })
    expect($('div.table-scroll').last().attr('aria-label')).to.equal('Flows')
    expect($('thead th[scope=col]').length).to.equal(4)
    expect($('tbody th[scope=row]').first().text()).to.equal('A')
    expect($('tbody td').first().attr('class')).to.equal('align-end')
  })

  it('gives headings ids that are the same in every language', () => {
    const [en, ru] = ['## One\n\n### Two', '## Один\n\n### Два'].map(text => headingsOf(text).map(({ id }) => id))
    expect(en).to.deep.equal(ru)
    expect(new Set(en)).to.have.length(2)
    const $ = page('## One\n\n::: case Title\nText\n:::\n\n## Two')
    expect(
      $('[id]')
        .toArray()
        .map(element => $(element).attr('id')),
    ).to.deep.equal(['part-1', 'part-2', 'part-3'])
    expect(headingsOf('## One\n\n::: case Title\nText\n:::\n\n## Two')[1]).to.deep.equal({
      id: 'part-3',
      level: 2,
      text: 'Two',
    })
  })

  it('sets a diagram in the place of its paragraph, where nobody can forge one', () => {
    expect(render('Before.\n\n![](diagram:stock)\n\nAfter.')).to.equal(
      '<p>Before.</p>\n<figure>stock</figure>\n<p>After.</p>\n',
    )
    expect(page('![](diagram:a<script>)')('script, figure').length).to.equal(0)
    expect(citedSources('One [@b].\n\n![](diagram:stock)\n\nTwo [@c].', () => ['a', 'b'])).to.deep.equal([
      'b',
      'a',
      'c',
    ])
  })

  it('prints what is no citation as it stands', () => {
    expect(render('Write [@] or [@two words].')).to.equal('<p>Write [@] or [@two words].</p>\n')
  })
})
