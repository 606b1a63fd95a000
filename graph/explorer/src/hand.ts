// Mouse, pen and fingers on a picture: pointing, pressing, moving it, and zooming by wheel or two fingers.

import type { Point } from "./point";

export interface Hand {
  hover(at: Point): void;
  press(at: Point): void;
  move(by: Point): void;
  zoom(by: number, at: Point): void;
  leave(): void;
}

const STILL = 4; // pixels that a press may slip
const LINE = 18; // pixels of a line, where a wheel counts lines
const WHEEL = 0.003;
const MOST = 200; // pixels of one turn of the wheel

/** Points are told in pixels from the upper left corner of the element. */
export function followPointer(element: HTMLElement, hand: Hand): void {
  const down = new Map<number, Point>();
  let slipped = 0;
  const at = (event: MouseEvent): Point => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  element.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    if (!down.size) slipped = 0;
    down.set(event.pointerId, at(event));
  });
  element.addEventListener("pointermove", (event) => {
    const [now, before] = [at(event), down.get(event.pointerId)];
    if (!event.buttons) down.delete(event.pointerId); // it was let go of outside
    if (!before || !event.buttons) return hand.hover(now);
    const others = [...down].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
    down.set(event.pointerId, now);
    const by = { x: (now.x - before.x) / down.size, y: (now.y - before.y) / down.size };
    slipped += Math.hypot(by.x, by.y);
    if (slipped <= STILL) return;
    if (!element.hasPointerCapture(event.pointerId)) element.setPointerCapture(event.pointerId);
    hand.move(by);
    const other = others[0];
    if (other) hand.zoom((Math.hypot(now.x - other.x, now.y - other.y) || 1) / (Math.hypot(before.x - other.x, before.y - other.y) || 1), { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 });
  });
  element.addEventListener("pointerup", (event) => {
    const pressed = down.delete(event.pointerId) && !down.size && slipped <= STILL;
    if (pressed) hand.press(at(event));
  });
  element.addEventListener("pointercancel", (event) => void down.delete(event.pointerId));
  element.addEventListener("pointerleave", () => hand.leave());
  element.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      const turned = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE : 1);
      hand.zoom(Math.exp(-WHEEL * Math.max(-MOST, Math.min(MOST, turned))), at(event));
    },
    { passive: false },
  );
}
