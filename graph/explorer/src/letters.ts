// Letters on a picture: how wide they are, where they are broken, which way they run.

export const FACE = 'system-ui, -apple-system, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif';
export const NAME_FONT = 13;
export const BADGE_FONT = 12;
const LEADING = 1.1; // from row to row, of the letters' height

let brush: CanvasRenderingContext2D | null = null;

/** The width of a text in the letters of a name, or in others. */
export function measure(text: string, size = NAME_FONT, weight = 400): number {
  brush ??= document.createElement("canvas").getContext("2d");
  if (!brush) return text.length * size * 0.55;
  brush.font = `${weight} ${size}px ${FACE}`;
  return brush.measureText(text).width;
}

/** From the middle of a block of rows to the middle of its row `index`. */
export function rowAt(index: number, rows: number, size: number): number {
  return (index - (rows - 1) / 2) * size * LEADING;
}

/** The height of a block of rows. */
export function heightOf(rows: number, size: number): number {
  return rows * size * LEADING;
}

/** Pieces no wider than `width`: words, and parts of words that are too long. */
function pieces(text: string, width: number): string[] {
  return text.split(/\s+/).flatMap((part) => {
    if (measure(part) <= width) return part ? [part] : [];
    const cut: string[] = [];
    for (const letter of part) {
      const grown = (cut.at(-1) ?? "") + letter;
      if (cut.length && measure(grown) <= width) cut[cut.length - 1] = grown;
      else cut.push(letter);
    }
    return cut;
  });
}

/** Wrapped at words into at most `rows` rows; the whole text stays in the table and on hover. */
export function wrap(text: string, width: number, rows: number): string[] {
  const lines: string[] = [];
  for (const piece of pieces(text, width)) {
    const grown = lines.length ? `${lines.at(-1)} ${piece}` : piece;
    if (lines.length && measure(grown) <= width) lines[lines.length - 1] = grown;
    else lines.push(piece);
  }
  if (lines.length <= rows) return lines;
  return [...lines.slice(0, rows - 1), `${lines[rows - 1]}…`];
}

/** Every line keeps its own direction, whatever the direction of the page. */
export function isolate(line: string): string {
  const rightToLeft = /^[^\p{L}]*[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}]/u.test(line);
  return `${rightToLeft ? "\u2067" : "\u2066"}${line}\u2069`;
}

/** With a stroke through every sign. */
export function struck(text: string): string {
  return [...text].map((sign) => (/[\s\u2066-\u2069]/.test(sign) ? sign : `${sign}\u0336`)).join("");
}
