// Links within the page: real addresses, so that they open in a new tab and can be copied.

import { bdi, h, type Child, type Props } from "./dom";
import { address, go, opening, type State } from "./state";

/** A link to a state of this page. */
export function link(change: Partial<State>, props: Props, ...children: Child[]): HTMLAnchorElement {
  const press = (event: MouseEvent): void => {
    if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(change);
  };
  return h("a", { href: address(change), ...props, on: { click: press } }, ...children);
}

/** A name that opens its picture; a bare value stays text. */
export function entityLink(thing: { id: string; label: string }): HTMLElement {
  if (!thing.id || isValue(thing.id)) return bdi(thing.label);
  return link(opening(thing.id), { class: "entity" }, bdi(thing.label));
}

function isValue(id: string): boolean {
  return /^(figure|interval|date)-[0-9a-f-]+$|^truth\b/.test(id);
}
