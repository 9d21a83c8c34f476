import { strToU8, zipSync } from 'fflate'
import * as file from './files.ts'

/** Two hundred and more hostile files and names, for every door through which people bring files. */

const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('')
/** Endings that are taken. */
export const TAKEN = ['pdf', 'docx', 'odt', 'png', 'jpg', 'jpeg'] as const

/** Contents of many kinds, right ones and hostile ones. */
export const bytes: Record<string, Buffer> = {
  pdf: file.pdf(),
  docx: file.docx(),
  odt: file.odt(),
  png: file.png(),
  jpg: file.jpeg(),
  pptx: file.pptx(),
  xlsx: file.xlsx(),
  odp: file.odp(),
  ods: file.ods(),
  webp: file.webp(),
  mp3: file.mp3(),
  mp4: file.mp4(),
  zip: file.archive(),
  exe: file.exe(),
  elf: file.elf(),
  oldWord: file.oldWord(),
  macros: file.macros(),
  macroType: file.macroType(),
  openMacros: file.openMacros(),
  bomb: file.bomb(),
  crowd: file.crowd(),
  locked: file.locked(),
  cutOff: file.cutOff(),
  eicar: Buffer.from(EICAR),
  html: Buffer.from('<!doctype html><script>alert(1)</script>'),
  svg: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
  shell: Buffer.from('#!/bin/sh\nrm -rf /\n'),
  php: Buffer.from('<?php system($_GET["c"]); ?>'),
  empty: Buffer.alloc(0),
  zeros: Buffer.alloc(4096),
  text: Buffer.from('plain words'),
  gif: Buffer.from('GIF89a\x01\x00\x01\x00\x00\x00\x00;', 'latin1'),
  gzip: Buffer.from('1f8b0800000000000003', 'hex'),
  rar: Buffer.from('526172211a0700', 'hex'),
  nested: file.docx({ 'word/run.exe': 'MZ' }),
  jar: Buffer.from(zipSync({ 'META-INF/MANIFEST.MF': strToU8('Main-Class: A'), 'A.class': strToU8('x') })),
  controls: file.docx({ 'word/activeX/activeX1.bin': 'x' }),
  wrongMimetype: Buffer.from(zipSync({ mimetype: [strToU8('application/epub+zip'), { level: 0 }] })),
  richText: Buffer.from('{\\rtf1\\ansi{\\object\\objemb}}'),
  wideHtml: Buffer.from('\uFEFF<!doctype html><script>alert(1)</script>', 'utf16le'),
  markedHtml: Buffer.from('\uFEFF \n<html onload=alert(1)>'),
  pictureAndArchive: Buffer.concat([Buffer.from('GIF89a'), file.archive()]),
  pdfInDepth: Buffer.concat([Buffer.alloc(4096, 'x'), file.pdf()]),
  shortcut: Buffer.from('4c0000000114020000000000c000000000000046', 'hex'),
  bitmap: Buffer.from(`424d${'00'.repeat(60)}`, 'hex'),
  icon: Buffer.from(`0000010001001010${'00'.repeat(40)}`, 'hex'),
  sevenZip: Buffer.from(`377abcaf271c0004${'00'.repeat(24)}`, 'hex'),
  webAssembly: Buffer.from('0061736d01000000', 'hex'),
  javaClass: Buffer.from(`cafebabe00000034${'00'.repeat(24)}`, 'hex'),
  macProgram: Buffer.from(`cffaedfe07000001${'00'.repeat(24)}`, 'hex'),
  database: Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(84)]),
}

/** Content under a name of another kind: each content under each ending that is taken. */
export const lies = Object.keys(bytes).flatMap(content =>
  TAKEN.filter(ending => !(ending === content || (ending === 'jpeg' && content === 'jpg'))).map(ending => ({
    name: `${content}.${ending}`,
    bytes: bytes[content]!,
  })),
)

/** Endings nobody hands in, whatever is inside. */
const endings = [
  'exe',
  'js',
  'html',
  'svg',
  'php',
  'zip',
  'docm',
  'doc',
  'txt',
  'xlsx',
  'pptx',
  'scr',
  'lnk',
  'iso',
  'pdf.exe',
]
export const strange = endings.map(ending => ({ name: `work.${ending}`, bytes: bytes.pdf! }))

/** Right files under names that could do harm. */
export const NAMES = [
  '../../etc/passwd.pdf',
  '..\\..\\windows\\system32.pdf',
  '/etc/cron.d/job.pdf',
  'C:\\work\\My work.pdf',
  'گزارش مهاجرت.pdf',
  'Работа по терминам.pdf',
  '作业.pdf',
  'e\u0301tude.pdf',
  'invoice\u202Efdp.exe.pdf',
  'zero\u200Fwidth\uFEFF.pdf',
  '"quoted"; filename="evil.html".pdf',
  "it's; rm -rf %2e%2e%2f.pdf",
  '<img src=x onerror=alert(1)>.pdf',
  '{{constructor}}.pdf',
  '%00.pdf',
  '.pdf.pdf',
  '-rf.pdf',
  'CON.pdf',
  'a'.repeat(400) + '.pdf',
  '👩‍🎓'.repeat(60) + '.pdf',
  '   spaces   .pdf',
  'UPPER.PDF',
  "'; drop table files; --.pdf",
  '=cmd|calc!A1.pdf',
]

/** As many at once as a form takes. */
export const tens = <T>(all: T[]) =>
  Array.from({ length: Math.ceil(all.length / 10) }, (_, n) => all.slice(n * 10, n * 10 + 10))
