/** Working languages and the other official languages of the ten States: what a session may be interpreted into. */
export const OFFICIAL_LANGUAGES = ['en', 'ru', 'az', 'kk', 'ky', 'tg', 'tr', 'fa', 'ur', 'it', 'tk', 'uz'] as const
