/** SQL of the fingerprint of a text as it is published (`hashOf` in content.ts). */
export const HASH = (text: string): string =>
  `left(translate(encode(sha256(convert_to(to_json(${text})::text, 'UTF8')), 'base64'), '+/', '-_'), 22)`
