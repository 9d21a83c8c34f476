import { all, EVERYONE, LED_OUT, NOBODY, row, type Row } from './who.ts'

// biome-ignore format: one line per route
export const open: Row[] = [
  // Without a language
  row('GET /healthz', '/healthz', EVERYONE),
  row('GET /readyz', '/readyz', EVERYONE),
  row('GET /', '/', all('away')),
  row('GET /verify', '/verify', EVERYONE),
  row('GET /verify/:code', w => `/verify/${w.certificate}`, EVERYONE, '/verify/MISSING-CODE'),
  row('POST /verify/:code', w => `/verify/${w.certificate}`, EVERYONE, '/verify/MISSING-CODE'),

  row('GET /calendar.ics', '/calendar.ics', EVERYONE),
  row('GET /trainings/:code.ics', w => `/trainings/${w.open.code}.ics`, EVERYONE, '/trainings/NONE.ics'),
  row('GET /calendar/:token.ics', w => `/calendar/${w.mailing.feedToken}.ics`, EVERYONE, '/calendar/none.ics'),
  row('GET /unsubscribe/:token', w => `/unsubscribe/${w.mailing.stop}`, all('away'), '/unsubscribe/none'),
  row('POST /unsubscribe/:token', w => `/unsubscribe/${w.mailing.stop}`, EVERYONE, '/unsubscribe/none'),

  // Open to all
  row('GET /:lang/', '/en/', EVERYONE),
  row('GET /:lang/teach', '/en/teach', EVERYONE),
  row('GET /:lang/request', '/en/request', EVERYONE),
  row('GET /:lang/glossary', '/en/glossary', EVERYONE),
  row('GET /:lang/privacy', '/en/privacy', EVERYONE),
  row('GET /:lang/courses', '/en/courses', EVERYONE),
  row('GET /:lang/courses/:code', w => `/en/courses/${w.open.course.code}`, EVERYONE, '/en/courses/RMC-99'),
  row('GET /:lang/trainings', '/en/trainings', EVERYONE),
  row('GET /:lang/trainings/:code', w => `/en/trainings/${w.open.code}`, EVERYONE, '/en/trainings/NONE'),
  row('GET /:lang/trainings/:code/agenda', w => `/en/trainings/${w.planned.training.code}/agenda`, EVERYONE, '/en/trainings/NONE/agenda'),

  // Ways in
  row('GET /:lang/sign-in', '/en/sign-in', { ...all('yes') }),
  row('POST /:lang/sign-in', '/en/sign-in', EVERYONE),
  row('POST /:lang/sign-out', '/en/sign-out', all('away')),
  row('GET /:lang/register', '/en/register', LED_OUT),
  row('POST /:lang/register', '/en/register', EVERYONE),
  row('GET /:lang/confirm', '/en/confirm', EVERYONE),
  row('POST /:lang/confirm', '/en/confirm', EVERYONE),
  row('GET /:lang/confirm/again', '/en/confirm/again', EVERYONE),
  row('POST /:lang/confirm/again', '/en/confirm/again', EVERYONE),
  row('GET /:lang/confirm/:token', w => `/en/confirm/${w.confirmToken}`, EVERYONE, '/en/confirm/none'),
  row('POST /:lang/confirm/:token', w => `/en/confirm/${w.confirmToken}`, all('away'), '/en/confirm/none'),
  row('GET /:lang/reset-password', '/en/reset-password', EVERYONE),
  row('POST /:lang/reset-password', '/en/reset-password', EVERYONE),
  row('GET /:lang/reset-password/code', '/en/reset-password/code', EVERYONE),
  row('POST /:lang/reset-password/code', '/en/reset-password/code', EVERYONE),
  row('GET /:lang/reset-password/:token', w => `/en/reset-password/${w.resetToken}`, EVERYONE, '/en/reset-password/none'),
  row('POST /:lang/reset-password/:token', w => `/en/reset-password/${w.resetToken}`, EVERYONE, '/en/reset-password/none'),

  // Only in a demo
  row('GET /:lang/outbox', '/en/outbox', NOBODY),
  row('GET /:lang/outbox/:id', w => `/en/outbox/${w.mailId}`, NOBODY),
  row('GET /:lang/outbox/:id/html', w => `/en/outbox/${w.mailId}/html`, NOBODY),
  row('GET /:lang/outbox/:id/calendar/:number', w => `/en/outbox/${w.mailId}/calendar/1`, NOBODY),
]
