/** The process behind `lib/pdf.ts`: answers each question with a PDF or with what is wrong with it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { NodeCompiler, type NodeError } from '@myriaddreamin/typst-ts-node-compiler'
import type { PdfAnswer, PdfQuestion } from './pdf.ts'

// TrueType files out of the packages: the compiler passes over woff without a word. Only the weights the templates use.
const FONTS = [
  'noto-sans/400Regular/NotoSans_400Regular.ttf',
  'noto-sans/600SemiBold/NotoSans_600SemiBold.ttf',
  'noto-naskh-arabic/400Regular/NotoNaskhArabic_400Regular.ttf',
  'noto-naskh-arabic/600SemiBold/NotoNaskhArabic_600SemiBold.ttf',
  'vazirmatn/400Regular/Vazirmatn_400Regular.ttf',
  'vazirmatn/600SemiBold/Vazirmatn_600SemiBold.ttf',
]

if (process.send) listen(process.argv[2] ?? '.')

function listen(templates: string) {
  const compiler = NodeCompiler.create({ workspace: templates, fontArgs: [{ fontBlobs: FONTS.map(readFont) }] })
  process.on('message', (question: PdfQuestion) => process.send?.(answer(compiler, templates, question)))
  // The parent decides when this process ends: a signal to the whole group must not cost a document in the making.
  process.on('SIGINT', () => {})
  process.on('SIGTERM', () => {})
  process.on('disconnect', () => process.exit())
}

function answer(compiler: NodeCompiler, templates: string, { template, inputs }: PdfQuestion): PdfAnswer {
  if (!/^[a-z][a-z0-9-]*$/.test(template)) return { error: 'not the name of a template' }
  try {
    const mainFilePath = join(templates, `${template}.typ`)
    const compiled = compiler.compile({ mainFilePath, inputs, resetRead: true })
    const problem = compiled.takeError()
    if (problem || !compiled.result) return { error: sentences(problem) }
    // An export as PDF/UA names what an ordinary one lets pass: a letter no font has, a picture without a text.
    compiler.pdf(compiled.result, { pdfStandard: 'ua-1' })
    return { pdf: compiler.pdf(compiled.result, { pdfTags: true }) }
  } catch (error) {
    return { error: plain(error instanceof Error ? error.message : String(error)) }
  } finally {
    compiler.evictCache(10)
  }
}

function readFont(path: string) {
  return readFileSync(fileURLToPath(import.meta.resolve(`@expo-google-fonts/${path}`)))
}

function sentences(problem: NodeError | null) {
  const messages = problem?.shortDiagnostics.map(diagnostic => diagnostic.message ?? String(diagnostic)) ?? []
  return messages.join('; ') || 'the template could not be typeset'
}

/** The exporter throws its diagnostics in the notation of its own language; people get the messages. */
function plain(thrown: string) {
  const messages = [...thrown.matchAll(/message: "((?:[^"\\]|\\.)*)"/g)].map(([, text]) =>
    text?.replace(/\\(.)/g, '$1'),
  )
  return [...new Set(messages)].join('; ') || thrown
}
