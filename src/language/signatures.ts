/** Where a signature begins. */

/** Usenet's way (RFC 3676, 4.3), also by programs that lose the space behind it. */
const DELIMITER = /^(?:--\s*|—)$/
const devices = [
  'sent (?:from|via|with|using) (?:my |the |an? )?\\S.{0,60}', 'get outlook for \\S.{0,20}', 'sent from (?:outlook|mail|yahoo|gmail|proton).{0,60}',
  'enviado (?:desde|a partir d[oe]|do|via|com) .{1,60}', 'enviada? d[oe] .{1,60}', 'obtener outlook para .{1,20}', 'obter o outlook para .{1,20}',
  'von meinem .{1,40} gesendet', 'gesendet (?:von|mit|über) .{1,60}', 'diese nachricht wurde von .{1,60} gesendet', 'outlook für .{1,20} (?:beziehen|herunterladen)',
  'envoyé (?:de|depuis|à partir de|avec) .{1,60}', 'télécharger outlook pour .{1,20}', 'obtenir outlook pour .{1,20}',
  'inviato (?:da|dal|con|tramite) .{1,60}', 'scarica outlook per .{1,20}', 'ottieni outlook per .{1,20}',
  'verzonden (?:vanaf|vanuit|met|via) .{1,60}', 'verstuurd (?:vanaf|vanuit|met|via) .{1,60}', 'outlook voor .{1,20} downloaden',
  'wysłane? z .{1,60}', 'pobierz program outlook.{0,30}', 'skickat från .{1,60}', 'skickades från .{1,60}', 'hämta outlook för .{1,20}', 'sendt fra .{1,60}', 'lähetetty .{1,40}',
  'отправлено (?:с|из) .{1,60}', 'iphone(?:から|より)送信', '.{1,30}から送信', 'मेरे .{1,40} से भेजा गया', '发自我的.{1,30}', '从我的.{1,30}发送', '나의 .{1,30}에서 보냄',
].join('|')
const DEVICE = new RegExp(`^\\s*[<_*]{0,2}(?:${devices})[>_*.]{0,2}\\s*$`, 'iu')
const LINES_MAX = 30

/** The line that begins the signature of `lines`, at or after `from`; null when there is none. */
export function signatureStart(lines: readonly string[], from: number): number | null {
  const delimiter = lines.findLastIndex((line, index) => index >= from && DELIMITER.test(line))
  const found = delimiter !== -1 && lines.length - delimiter <= LINES_MAX ? delimiter : null
  return deviceAbove(lines, found ?? lines.length, from) ?? found
}

/** What a telephone writes below a mail is its last line; text below it was written by somebody. */
function deviceAbove(lines: readonly string[], end: number, from: number): number | null {
  const last = lines.slice(0, end).findLastIndex((line) => line.trim() !== '')
  return last >= from && DEVICE.test(lines[last] ?? '') ? last : null
}
