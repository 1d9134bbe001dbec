/** A passage of a search: what matched stands between « and ». */
export function passagePieces(passage: string): { text: string; marked: boolean }[] {
  return passage.split(/(«[^»]*»)/).filter((piece) => piece !== '').map((piece) =>
    (/^«[^»]*»$/.test(piece) ? { text: piece.slice(1, -1), marked: true } : { text: piece, marked: false }))
}
