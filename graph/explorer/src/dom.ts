// Elements are built, never parsed: data reaches the page as text nodes and attributes only.

export type Child = Node | string | number | null | undefined | false;
type Attribute = string | number | boolean | null | undefined;
type Listeners = { [E in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[E]) => void };
export type Props = { on?: Listeners } & { [name: string]: Attribute | Listeners };

const SVG = "http://www.w3.org/2000/svg";

function fill(element: Element, props: Props, children: Child[]): void {
  for (const [name, value] of Object.entries(props)) {
    if (name === "on") {
      for (const [event, handler] of Object.entries(value as Listeners)) {
        element.addEventListener(event, handler as EventListener);
      }
    } else if (value !== null && value !== undefined && value !== false) {
      if (name === "style" || name.startsWith("on")) throw new Error(`attribute ${name} is not allowed`);
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  for (const child of children) {
    if (child !== null && child !== undefined && child !== false && child !== "") {
      element.append(child instanceof Node ? child : String(child));
    }
  }
}

/** An HTML element with attributes, listeners (`on`) and children. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, props: Props = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  fill(element, props, children);
  return element;
}

/** An SVG element; presentation attributes instead of styles. */
export function svg<K extends keyof SVGElementTagNameMap>(tag: K, props: Props = {}, ...children: Child[]): SVGElementTagNameMap[K] {
  const element = document.createElementNS(SVG, tag) as SVGElementTagNameMap[K];
  fill(element, props, children);
  return element;
}

/** Text of unknown direction inside a line of ours. */
export function bdi(text: string | number): HTMLElement {
  return h("bdi", {}, text);
}

/** A button that is only a button. */
export function button(label: Child, press: (event: MouseEvent) => void, props: Props = {}): HTMLButtonElement {
  return h("button", { type: "button", ...props, on: { click: press } }, label);
}

/** Items with a separator between them. */
export function joined(items: Child[], separator: () => Child): Child[] {
  return items.flatMap((item, index) => (index ? [separator(), item] : [item]));
}

/** A short id for this page, safe as an element id and stable for the same text. */
export function elementId(prefix: string, id: string): string {
  return `${prefix}-${id.replace(/[^\w-]/g, (c) => `_${c.codePointAt(0)?.toString(16)}`)}`;
}

let polite: HTMLElement | null = null;

/** The one live region of the page. */
export function liveRegion(): HTMLElement {
  polite ??= h("div", { class: "sr-only", "aria-live": "polite", "data-testid": "live" });
  return polite;
}

export function announce(text: string): void {
  liveRegion().textContent = text;
}

/** What is too long for its place can be scrolled by keys too; what fits is no stop on the way. */
export function reachable(element: HTMLElement): void {
  if (element.scrollHeight > element.clientHeight + 1) element.tabIndex = 0;
  else element.removeAttribute("tabindex");
}

/** Is somebody typing here? Then single keys are letters, not commands. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.matches("input:not([type=checkbox]), textarea, select") || target.isContentEditable);
}
