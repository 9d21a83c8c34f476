import QRCode from 'qrcode'

/**
 * `text` as a QR code: a complete SVG document, black on white, without the quiet zone (leave four modules of white
 * around it). Correction level M stands a fold or a stamp over a corner. Throws when the text is too long (2,331 bytes).
 */
export function qrSvg(text: string): Promise<string> {
  return QRCode.toString(text, { type: 'svg', errorCorrectionLevel: 'M', margin: 0 })
}
