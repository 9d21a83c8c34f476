/** The wording of /privacy that people agree to. A new wording gets a new number; who agreed to which is in `consents`. */
export const DATA_NOTICE = { purpose: 'data_notice', version: 1, since: '2026-11-24' } as const

/** The wording of /me/ministry, by which a person lets their ministry see that they take part. */
export const MINISTRY = { purpose: 'ministry', version: 1, since: '2026-11-24' } as const
