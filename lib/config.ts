import { createHash } from 'node:crypto'
import { isIP } from 'node:net'
import { z } from 'zod'

export type Config = {
  /** No DATABASE_URL: embedded database, demo data, loopback only. */
  demo: boolean
  port: number
  host: string
  baseUrl: string
  /** True when BASE_URL is https: cookies get the `__Host-` prefix and `Secure`. */
  secure: boolean
  databaseUrl: string | undefined
  sessionSecret: string
  /** 32 bytes, key of field encryption and of keyed hashes. */
  dataKey: Buffer
  smtpUrl: string | undefined
  mailFrom: string
  uploadsDir: string
  dataDir: string
  /** Number of reverse proxies in front, 0 for none. */
  trustProxy: number
  logLevel: string
}

/** Thrown by `readConfig` with every problem of the environment at once, one sentence each. */
export class ConfigError extends Error {
  problems: string[]
  constructor(problems: string[]) {
    super(`The configuration has ${problems.length} problem(s):\n${problems.map(line => `  - ${line}`).join('\n')}`)
    this.problems = problems
  }
}

const blank = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value)
const optional = <T extends z.ZodType>(type: T) => z.preprocess(blank, type.optional())

const Environment = z.object({
  PORT: optional(z.coerce.number('PORT must be a number').int().min(0).max(65535, 'PORT must be at most 65535')),
  HOST: optional(z.string()),
  BASE_URL: optional(z.url({ protocol: /^https?$/, error: 'BASE_URL must be an http or https address' })),
  DATABASE_URL: optional(
    z.string().regex(/^postgres(ql)?:\/\//, 'DATABASE_URL must begin with postgres:// or postgresql://'),
  ),
  SESSION_SECRET: optional(z.string()),
  DATA_KEY: optional(z.string()),
  SMTP_URL: optional(z.string().regex(/^smtps?:\/\//, 'SMTP_URL must begin with smtp:// or smtps://')),
  MAIL_FROM: optional(z.string().regex(/^[^\r\n]*@[^\r\n]*$/, 'MAIL_FROM must be a mail address')),
  UPLOADS_DIR: optional(z.string()),
  DATA_DIR: optional(z.string()),
  TRUST_PROXY: optional(z.coerce.number('TRUST_PROXY must be a number of proxies').int().min(0).max(10)),
  LOG_LEVEL: optional(
    z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'LOG_LEVEL must be fatal, error, warn, info, debug, trace or silent',
    }),
  ),
})

/**
 * Configuration from environment variables, validated as a whole.
 * @throws ConfigError naming every problem at once
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  const parsed = Environment.safeParse(env)
  const malformed = parsed.success ? [] : parsed.error.issues.map(issue => sentence(issue))
  // What is malformed counts as given, so that it is told once and the rest is still looked at.
  const given = parsed.data ?? wellFormed(env)
  const wrong = (name: string) => malformed.some(line => line.startsWith(name))
  const demo = !given.DATABASE_URL && !wrong('DATABASE_URL')
  const port = given.PORT ?? 3000
  const host = given.HOST ?? '127.0.0.1'
  const baseUrl = (given.BASE_URL ?? `http://localhost:${port}`).replace(/\/+$/, '')
  const problems = demo ? demoProblems(host) : productionProblems(given, baseUrl)
  const all = [...malformed, ...problems.filter(line => !wrong(line.split(' ')[0]!))]
  if (all.length) throw new ConfigError(all)
  return {
    demo,
    port,
    host,
    baseUrl,
    secure: baseUrl.startsWith('https:'),
    databaseUrl: given.DATABASE_URL,
    sessionSecret: given.SESSION_SECRET ?? 'demo-only-sign-in-sessions-on-loopback',
    dataKey: keyBytes(given.DATA_KEY) ?? createHash('sha256').update('demo-only-data-key').digest(),
    smtpUrl: given.SMTP_URL,
    mailFrom: given.MAIL_FROM ?? 'RTCM <no-reply@rtcm.example>',
    uploadsDir: given.UPLOADS_DIR ?? 'uploads',
    dataDir: given.DATA_DIR ?? 'var',
    trustProxy: given.TRUST_PROXY ?? 0,
    logLevel: given.LOG_LEVEL ?? 'info',
  }
}

/** Whether a host name or address is reachable from this machine only. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '')
  return bare === 'localhost' || bare === '::1' || (isIP(bare) === 4 && bare.startsWith('127.'))
}

function demoProblems(host: string): string[] {
  if (isLoopback(host)) return []
  return [`HOST is ${host}: without DATABASE_URL this is a demo with known passwords and listens on 127.0.0.1 only`]
}

function productionProblems(given: z.infer<typeof Environment>, baseUrl: string): string[] {
  const problems = []
  if (!given.BASE_URL) problems.push('BASE_URL is missing: the https address people type')
  else if (baseUrl.startsWith('http:') && !isLoopback(new URL(baseUrl).hostname))
    problems.push('BASE_URL is http: sign-in cookies need https, except on a loopback address')
  if (weak(given.SESSION_SECRET)) problems.push('SESSION_SECRET is missing or weak: at least 32 random characters')
  if (!keyBytes(given.DATA_KEY)) problems.push('DATA_KEY is missing or weak: 32 random bytes as base64 or hex')
  if (given.SMTP_URL && !given.MAIL_FROM) problems.push('MAIL_FROM is missing: the sender of mails')
  return problems
}

function wellFormed(env: Record<string, string | undefined>): z.infer<typeof Environment> {
  const fields = Object.entries(Environment.shape).map(([name, type]) => [name, type.safeParse(env[name]).data])
  return Object.fromEntries(fields)
}

const weak = (secret: string | undefined) => !secret || secret.length < 32 || new Set(secret).size < 12

function keyBytes(text: string | undefined): Buffer | undefined {
  if (!text) return undefined
  const bytes = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64')
  return bytes.length === 32 && new Set(bytes).size > 8 ? bytes : undefined
}

function sentence(issue: z.core.$ZodIssue): string {
  const name = String(issue.path[0])
  return issue.message.startsWith(name) ? issue.message : `${name}: ${issue.message}`
}
