import pino from 'pino'

/** The JSON log on standard output. Secrets never belong in it: paths that could hold one are redacted. */
export let log = pino({ level: 'silent' })

/** Opens the log at boot with the configured level. */
export function openLog(level: string) {
  log = pino({
    level,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: ['password', '*.password', '*.token', 'cookie', '*.cookie', '*.authorization'],
  })
}
