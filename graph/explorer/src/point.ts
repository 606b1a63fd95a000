// Points and boxes on a picture.

export interface Point {
  x: number;
  y: number;
}

export interface Box {
  x1: number;
  y1: number;
  x2: number;
  y2: number;
}

export function within({ x, y }: Point, box: Box): boolean {
  return x >= box.x1 && x <= box.x2 && y >= box.y1 && y <= box.y2;
}

/** The area that two boxes share. */
export function overlap(a: Box, b: Box): number {
  const wide = Math.min(a.x2, b.x2) - Math.max(a.x1, b.x1);
  const tall = Math.min(a.y2, b.y2) - Math.max(a.y1, b.y1);
  return wide > 0 && tall > 0 ? wide * tall : 0;
}

/** The smallest box around boxes; without any, an empty one. */
export function union(boxes: readonly Box[]): Box {
  if (!boxes.length) return { x1: 0, y1: 0, x2: 0, y2: 0 };
  const all = { x1: Infinity, y1: Infinity, x2: -Infinity, y2: -Infinity };
  for (const each of boxes) {
    all.x1 = Math.min(all.x1, each.x1);
    all.y1 = Math.min(all.y1, each.y1);
    all.x2 = Math.max(all.x2, each.x2);
    all.y2 = Math.max(all.y2, each.y2);
  }
  return all;
}

/** The smallest box around points. */
export function around(points: readonly Point[]): Box {
  return union(points.map(({ x, y }) => ({ x1: x, x2: x, y1: y, y2: y })));
}

/** A box with so much more on every side, or less. */
export function grown({ x1, y1, x2, y2 }: Box, by: number): Box {
  return { x1: x1 - by, y1: y1 - by, x2: x2 + by, y2: y2 + by };
}

/** Where on its way from one point to another a straight line enters a box, as a share of the way; null where it does not. */
export function entry(from: Point, to: Point, box: Box): number | null {
  let [enters, leaves] = [0, 1];
  for (const [start, end, least, most] of [[from.x, to.x, box.x1, box.x2], [from.y, to.y, box.y1, box.y2]] as const) {
    const far = end - start;
    if (!far) {
      if (start < least || start > most) return null;
      continue;
    }
    const [one, other] = [(least - start) / far, (most - start) / far];
    enters = Math.max(enters, Math.min(one, other));
    leaves = Math.min(leaves, Math.max(one, other));
  }
  return enters <= leaves ? enters : null;
}

/** The point at a length along a broken line; the middle of the line when none is given. */
export function pointOn(points: readonly Point[], length?: number): Point {
  let left = length ?? lengthOf(points) / 2;
  for (let index = 1; index < points.length; index++) {
    const [from, to] = [points[index - 1] as Point, points[index] as Point];
    const long = Math.hypot(to.x - from.x, to.y - from.y);
    if (left <= long && long) return { x: from.x + ((to.x - from.x) * left) / long, y: from.y + ((to.y - from.y) * left) / long };
    left -= long;
  }
  return points.at(-1) as Point;
}

export function lengthOf(points: readonly Point[]): number {
  let sum = 0;
  for (let index = 1; index < points.length; index++) sum += Math.hypot((points[index] as Point).x - (points[index - 1] as Point).x, (points[index] as Point).y - (points[index - 1] as Point).y);
  return sum;
}

/** Points at equal lengths along a broken line, from its start to its end. */
export function spread(points: readonly Point[], steps: number): Point[] {
  const length = lengthOf(points);
  return Array.from({ length: steps + 1 }, (_, step) => pointOn(points, (length * step) / steps));
}

/** How far a point is from a line; Infinity where it is clearly more than `most`. */
export function distance(points: readonly Point[], at: Point, most: number): number {
  let least = Infinity;
  for (let index = 1; index < points.length; index++) {
    const [from, to] = [points[index - 1] as Point, points[index] as Point];
    if (at.x < Math.min(from.x, to.x) - most || at.x > Math.max(from.x, to.x) + most || at.y < Math.min(from.y, to.y) - most || at.y > Math.max(from.y, to.y) + most) continue;
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const t = Math.max(0, Math.min(1, ((at.x - from.x) * dx + (at.y - from.y) * dy) / (dx * dx + dy * dy || 1)));
    least = Math.min(least, Math.hypot(at.x - from.x - t * dx, at.y - from.y - t * dy));
  }
  return least;
}
