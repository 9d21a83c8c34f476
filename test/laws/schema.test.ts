import { spawnSync } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { sql } from '../../lib/db.ts'
import { migrationFiles } from '../../lib/migrations.ts'
import { records } from '../../models/index.ts'
import '../support/app.ts'

/** The schema and the code say the same, and both speak the SQL of PostgreSQL 15. */

const ROOT = new URL('../..', import.meta.url).pathname

type Column = { table: string; column: string; type: string; nullable: boolean; defaulted: boolean }

const columns = () =>
  sql<Column>(
    null,
    `select table_name as table, column_name as column, data_type as type, is_nullable = 'YES' as nullable,
       column_default is not null or is_identity = 'YES' as defaulted
     from information_schema.columns where table_schema = 'public' order by 1, 2`,
  )

/** Who did something: people are never deleted, and what they did is found in the audit. */
const AUTHORS = /\.(\w*_by|by_id|reviewer_id|viewer_id)$/

/** Tables of the curriculum and of papers about a training: some hundred rows, or found by their training. */
const SMALL = [
  'assessments',
  'course_parts',
  'course_versions',
  'courses',
  'items',
  'lesson_versions',
  'lessons',
  'prerequisites',
]

/** Columns nobody looks up from the other side, whose targets are never deleted. */
const UNINDEXED = new Set([
  'allocations.assessment_id',
  'answers.item_version_id',
  'enrollments.course_version_id',
  'extensions.assessment_id',
  'form_responses.form_version_id',
  'form_responses.person_id',
  'grade_releases.assessment_id',
  'grades.assessment_id',
  'grades.computed_from',
  'parallel_form_items.item_version_id',
  'progress.lesson_id',
  'regrades.key_version_id',
  'requests.form_version_id',
  'test_adjustments.assessment_id',
  'test_settings.assessment_id',
  'trainings.course_version_id',
])

/** Words that came after PostgreSQL 15, or that the platform forbids itself. */
const FORBIDDEN: [RegExp, string][] = [
  [/\buuidv7\s*\(/i, 'uuidv7 (18)'],
  [/\bjson_table\s*\(/i, 'json_table (17)'],
  [/\bany_value\s*\(/i, 'any_value (16)'],
  [/\bis\s+json\b/i, 'is json (16)'],
  [/\bjson_(scalar|serialize|array|object|exists|value|query)\s*\(/i, 'SQL/JSON functions (16, 17)'],
  [/\bwithout\s+overlaps\b/i, 'without overlaps (18)'],
  [/\breturning\s+(old|new)\./i, 'returning old/new (18)'],
  [/\)\s+virtual\b/i, 'virtual columns (18)'],
  [/\bmerge\s+into\b[\s\S]*\breturning\b/i, 'merge … returning (17)'],
  [/\bnot\s+enforced\b/i, 'not enforced (18)'],
  [/\bat\s+(time\s+zone|local)\b/i, 'instants are computed in TypeScript'],
  [/\b(current_date|localtimestamp|current_time)\b/i, 'the clock is the platform’s own'],
  [/\btruncate\b/i, 'truncate'],
  [/"unicode"/i, 'collation "unicode" (16)'],
]

describe('law: schema', () => {
  it('every record names columns that exist, with the right nullability', async () => {
    const all = new Map((await columns()).map(each => [`${each.table}.${each.column}`, each]))
    const faults: string[] = []
    for (const record of records) {
      const table = record.getTableName() as string
      const source = readFileSync(`${ROOT}models/${fileOf(record.name)}`, 'utf8')
      const declared = new Map(
        [...source.matchAll(/^ {2}declare (\w+): (.+)$/gm)].map(([, name, type]) => [name!, type!]),
      )
      for (const [name, { field }] of Object.entries(record.rawAttributes)) {
        const column = all.get(`${table}.${field}`)
        const type = declared.get(name)
        if (!column) faults.push(`${record.name}.${name}: no column ${table}.${field}`)
        else if (!type) faults.push(`${record.name}.${name}: not declared`)
        else if (/\bnull\b/.test(type) !== column.nullable)
          faults.push(`${record.name}.${name} is ${type}; the column is ${column.nullable ? '' : 'not '}nullable`)
        else if (/^CreationOptional/.test(type) && !column.nullable && !column.defaulted)
          faults.push(`${record.name}.${name} is optional; the column needs a value`)
      }
    }
    expect(faults).to.deep.equal([])
  })

  it('every foreign key has an index that begins with it, or is listed', async () => {
    const keys = await sql<{ name: string; indexed: boolean }>(
      null,
      `select c.conrelid::regclass::text || '.' || a.attname as name,
         exists (select 1 from pg_index i where i.indrelid = c.conrelid and i.indkey[0] = c.conkey[1]) as indexed
       from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
       where c.contype = 'f' and c.connamespace = 'public'::regnamespace and c.confrelid not in
         (select oid from pg_class where relname in (${LISTS.map(name => `'${name}'`).join(', ')}))
       order by 1`,
    )
    const bare = keys
      .filter(({ name, indexed }) => !indexed && !AUTHORS.test(name) && !SMALL.includes(name.split('.')[0]!))
      .map(key => key.name)
    expect(bare.filter(name => !UNINDEXED.has(name))).to.deep.equal([])
    expect(
      [...UNINDEXED].filter(name => !bare.includes(name)),
      'listed for nothing',
    ).to.deep.equal([])
  })

  it('every status and every other list of words has a CHECK', async () => {
    const checks = await sql<{ table: string; text: string }>(
      null,
      `select conrelid::regclass::text as table, pg_get_constraintdef(oid) as text from pg_constraint
       where contype = 'c' and connamespace = 'public'::regnamespace`,
    )
    const bare = (await columns())
      .filter(({ column }) => /^(status|state|level|format|sex|role|choice|method|visibility|origin)$/.test(column))
      .filter(({ table, column }) => !FREE_WORDS.includes(`${table}.${column}`))
      .filter(
        each =>
          !checks.some(check => check.table === each.table && new RegExp(`\\b${each.column}\\b`).test(check.text)),
      )
      .map(({ table, column }) => `${table}.${column}`)
    expect(bare).to.deep.equal([])
  })

  it('every moment is stored as an instant, and a wall time says that it is one', async () => {
    const odd = (await columns())
      .filter(({ type, column }) => type === 'timestamp without time zone' && !/(^|_)(wall|local)(_|$)/.test(column))
      .map(({ table, column }) => `${table}.${column}`)
    expect(odd.filter(name => !WALL_TIMES.includes(name))).to.deep.equal([])
  })

  it('every id is a bigint of its own sequence, so that no code meets its limit', async () => {
    const odd = (await columns())
      .filter(({ column, type }) => column === 'id' && !['bigint', 'uuid', 'text'].includes(type))
      .map(({ table }) => table)
    expect(odd).to.deep.equal([])
  })

  it('the SQL is that of PostgreSQL 15 and leaves the clock to the platform', () => {
    const faults: string[] = []
    for (const file of globSync('{migrations/*.sql,{lib,models,server,routes,bench}/**/*.ts}', { cwd: ROOT })) {
      const source = readFileSync(ROOT + file, 'utf8')
      const pieces = file.endsWith('.sql')
        ? [source.replace(/--.*$/gm, '')]
        : [...source.matchAll(/`[^`]*`|'[^'\n]*'/g)].map(String)
      for (const piece of pieces)
        for (const [words, what] of FORBIDDEN) if (words.test(piece)) faults.push(`${file}: ${what}`)
    }
    expect([...new Set(faults)]).to.deep.equal([])
  })

  it('the migrations apply from zero by bin/migrate, each once', async function () {
    this.timeout(120_000)
    const folder = mkdtempSync(join(tmpdir(), 'rtcm-migrate-'))
    const run = () =>
      spawnSync(process.execPath, [`${ROOT}server/tasks/migrate.ts`], {
        env: { PATH: process.env.PATH, DATA_DIR: folder },
        encoding: 'utf8',
      })
    try {
      const first = run()
      expect(first.status, first.stderr).to.equal(0)
      const applied = [...first.stdout.matchAll(/^applied (.+)$/gm)].map(([, name]) => name)
      expect(applied).to.deep.equal(migrationFiles(`${ROOT}migrations`))
      expect(run().stdout).to.equal('The database was up to date.\n')
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  it('every migration has a name that puts it in order, and says what it is for', () => {
    for (const file of globSync('migrations/*', { cwd: ROOT })) {
      expect(file).to.match(/^migrations\/\d{8}T\d{6}-[a-z-]+\.sql$/)
    }
  })
})

/** Short lists of our own that a row points to by a code; nobody asks them for their rows. */
const LISTS = ['states', 'themes']

/** Columns of those names that hold free words. */
const FREE_WORDS = ['outcomes.level', 'state_facts.state', 'holidays.state']
const WALL_TIMES: string[] = []

const fileOf = (name: string) => `${name.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase()}.ts`
