import { EVERYONE, OWNER, PEOPLE, row, type Row, RUNNERS, STAFF } from './who.ts'

// biome-ignore format: one line per route
export const mail: Row[] = [
  // Mail and calendar
  row('GET /:lang/unsubscribe/:token', w => `/en/unsubscribe/${w.mailing.stop}`, EVERYONE, '/en/unsubscribe/none'),
  row('POST /:lang/unsubscribe/:token', w => `/en/unsubscribe/${w.mailing.stop}`, EVERYONE, '/en/unsubscribe/none'),
  row('GET /:lang/me/calendar', '/en/me/calendar', PEOPLE),
  row('POST /:lang/me/calendar', '/en/me/calendar', PEOPLE),
  row('POST /:lang/me/calendar/:id/revocation', w => `/en/me/calendar/${w.mailing.feedId}/revocation`, OWNER, '/en/me/calendar/999999/revocation'),
  row('GET /:lang/me/mails', '/en/me/mails', PEOPLE),
  row('POST /:lang/me/mails', '/en/me/mails', PEOPLE),
  row('GET /:lang/manage/mail-texts', '/en/manage/mail-texts', STAFF),
  row('GET /:lang/manage/mail-texts/:key', '/en/manage/mail-texts/footer', STAFF, '/en/manage/mail-texts/none'),
  row('POST /:lang/manage/mail-texts/:key', '/en/manage/mail-texts/footer', STAFF, '/en/manage/mail-texts/none'),
  row('POST /:lang/manage/mail-texts/:key/default', '/en/manage/mail-texts/footer/default', STAFF, '/en/manage/mail-texts/none/default'),
  row('GET /:lang/manage/trainings/:code/mails', w => `/en/manage/trainings/${w.open.code}/mails`, RUNNERS, '/en/manage/trainings/NONE/mails'),
  row('GET /:lang/manage/trainings/:code/mails/new', w => `/en/manage/trainings/${w.open.code}/mails/new`, RUNNERS, '/en/manage/trainings/NONE/mails/new'),
  row('POST /:lang/manage/trainings/:code/mails/new', w => `/en/manage/trainings/${w.open.code}/mails/new`, RUNNERS, '/en/manage/trainings/NONE/mails/new'),
  row('GET /:lang/manage/trainings/:code/mails/:id', w => `/en/manage/trainings/${w.open.code}/mails/${w.mailing.bulkId}`, RUNNERS, '/en/manage/trainings/NONE/mails/1'),
  row('GET /:lang/manage/trainings/:code/mails/:id/edit', w => `/en/manage/trainings/${w.open.code}/mails/${w.mailing.bulkId}/edit`, RUNNERS, '/en/manage/trainings/NONE/mails/1/edit'),
  row('POST /:lang/manage/trainings/:code/mails/:id/edit', w => `/en/manage/trainings/${w.open.code}/mails/${w.mailing.bulkId}/edit`, RUNNERS, '/en/manage/trainings/NONE/mails/1/edit'),
  row('POST /:lang/manage/trainings/:code/mails/:id/test', w => `/en/manage/trainings/${w.open.code}/mails/${w.mailing.bulkId}/test`, RUNNERS, '/en/manage/trainings/NONE/mails/1/test'),
  row('POST /:lang/manage/trainings/:code/mails/:id/sending', w => `/en/manage/trainings/${w.open.code}/mails/${w.mailing.bulkId}/sending`, RUNNERS, '/en/manage/trainings/NONE/mails/1/sending'),
  row('POST /:lang/manage/trainings/:code/mails/:id/removal', w => `/en/manage/trainings/${w.open.code}/mails/${w.mailing.bulkId}/removal`, RUNNERS, '/en/manage/trainings/NONE/mails/1/removal'),
]
