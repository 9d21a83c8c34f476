import { expect } from 'chai'
import { cleanSvg, svgAround } from '../../lib/svg.ts'

const inside = (content: string) => cleanSvg(`<svg xmlns="http://www.w3.org/2000/svg">${content}</svg>`)
const svgOf = (content: string) => (inside(content) as { svg: string }).svg

describe('svg', () => {
  it('keeps shapes and paint, and turns inline style into attributes', () => {
    const svg = svgOf(
      '<defs><linearGradient id="a"><stop offset="0" style="stop-color:#fff"/></linearGradient></defs><path d="M0 0h1" style="fill:url(#a);font:x" fill-rule="evenodd"/>',
    )
    expect(svg).to.include('<linearGradient id="a">').and.include('stop-color="#fff"')
    expect(svg).to.include('fill="url(#a)"').and.include('fill-rule="evenodd"').and.not.include('style')
  })

  it('drops all that runs or reaches out', () => {
    for (const part of [
      '<script>alert(1)</script>',
      '<path d="M0 0" onclick="x()"/>',
      '<path d="M0 0" fill="url(http://elsewhere.example/a)"/>',
      '<use href="http://elsewhere.example/a#b"/>',
      '<use xlink:href="data:image/svg+xml,x"/>',
      '<a href="javascript:x()"><path d="M0 0"/></a>',
      '<metadata><x:y onload="1"/></metadata>',
      '<set attributeName="onload" to="x()"/>',
    ])
      expect(svgOf(`<rect width="1" height="1"/>${part}`), part).to.not.match(
        /script|onclick|onload|elsewhere|data:|x\(\)/,
      )
  })

  it('names the part that would be missed', () => {
    for (const [part, what] of [
      ['<style>.a{fill:red}</style>', 'style'],
      ['<text>Center</text>', 'text'],
      ['<image href="a.png"/>', 'image'],
      ['<foreignObject><p>x</p></foreignObject>', 'foreignObject'],
      ['<filter id="a"/>', 'filter'],
    ])
      expect(inside(`<path d="M0 0"/>${part}`), what).to.deep.equal({ fault: 'part', what })
  })

  it('is no picture without a shape, nor anything that is not SVG', () => {
    expect(inside('')).to.deep.equal({ fault: 'broken' })
    expect(cleanSvg('hello')).to.deep.equal({ fault: 'broken' })
  })

  it('survives a doctype, a prolog and entities that would grow', () => {
    const bomb = '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    const svg = cleanSvg(`<?xml version="1.0"?>${bomb}<svg viewBox="0 0 1 1"><title>&b;</title><path d="M0 0"/></svg>`)
    expect((svg as { svg: string }).svg)
      .to.match(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/)
      .and.not.include('aaaa')
  })

  it('carries a JPEG with its size from the frame header', () => {
    const header = [0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xc0, 0, 17, 8, 0, 40, 0, 60, 3, 1, 17, 0]
    expect((svgAround(Buffer.from(header), 'image/jpeg') as { svg: string }).svg).to.include('viewBox="0 0 60 40"')
    expect(svgAround(Buffer.from([0xff, 0xd8]), 'image/jpeg')).to.deep.equal({ fault: 'broken' })
  })
})
