// Which query: the named ones with fields for their parameters, and one's own.

import { button, h } from "./dom";
import { d } from "./drawer-strings";
import { namedText, readNamed } from "./sparql-ask";
import { forget, save, saved } from "./sparql-saved";
import { namedQueries, type NamedQuery } from "./sparql-words";

export interface MenuHandlers {
  /** A text to show in the editor. */
  write(text: string): void;
  /** What would be run now, as the address keeps it. */
  text(): string;
  run(): void;
  link(text: string): string;
  tell(line: string): void;
}

const NAMED = "named ";
const OWN = "own ";

export class Menu {
  private readonly choice = h("select", { id: "drawer-query", "data-testid": "query-menu", on: { change: () => void this.choose() } });
  private readonly what = h("p", { class: "query-what", dir: "auto" });
  private readonly fields = h("form", { class: "query-fields", on: { submit: (event) => this.submit(event) } });
  private readonly keeping = h("form", { class: "query-keep", hidden: true, on: { submit: (event) => this.keep(event), keydown: (event) => this.leaveKeeping(event) } });
  private readonly name = h("input", { type: "text", maxlength: 80, required: true, autocomplete: "off", "data-testid": "save-name" });
  private readonly remove = button(d.remove, () => this.forget(), { class: "act", hidden: true, "data-testid": "delete-query" });
  readonly element: HTMLElement;
  private queries: NamedQuery[] = [];
  private now: NamedQuery | null = null;

  constructor(private readonly handlers: MenuHandlers) {
    this.keeping.append(h("label", { class: "field" }, `${d.saveName} `, this.name), h("button", { type: "submit", class: "act", "data-testid": "save-now" }, d.saveNow), button(d.cancel, () => this.unfold(false), { class: "act" }));
    this.element = h(
      "div",
      { class: "query-menu" },
      h(
        "div",
        { class: "query-bar" },
        h("label", { for: "drawer-query" }, d.menu),
        this.choice,
        button(d.save, () => this.unfold(true), { class: "act", "data-testid": "save-query" }),
        button(d.copyLink, () => void this.copy(), { class: "act", "data-testid": "copy-query" }),
        this.remove,
      ),
      this.keeping,
      this.what,
      this.fields,
    );
    this.list("");
  }

  async load(): Promise<void> {
    this.queries = await namedQueries();
    this.list(this.choice.value);
  }

  /** The named query and its parameters, while its text is unchanged. */
  asked(text: string): string {
    if (!this.now || this.now.sparql !== text) return text;
    const given = new FormData(this.fields);
    return namedText(this.now.name, Object.fromEntries(this.now.parameters.map(({ name }) => [name, String(given.get(name) ?? "").trim()])));
  }

  /** Whether every parameter has a value; the first without takes the keyboard. */
  ready(text: string): boolean {
    return this.now?.sparql !== text || this.fields.reportValidity();
  }

  /** The text in the editor has changed. */
  changed(text: string): void {
    if (!this.now) return;
    const own = text !== this.now.sparql;
    this.fields.classList.toggle("loose", own);
    this.what.textContent = own && this.now.parameters.length ? d.changed : this.now.what;
    for (const input of this.fields.querySelectorAll("input")) input.disabled = own;
  }

  /** What an address or a saved query holds. */
  async open(text: string): Promise<void> {
    const named = readNamed(text);
    if (named && !this.queries.length) await this.load().catch(() => undefined);
    const query = named && this.queries.find((each) => each.name === named.name);
    const own = saved().find((each) => each.text === text);
    this.list(own ? OWN + own.name : query ? NAMED + query.name : "");
    this.show(query ?? null, named?.given ?? {});
    this.handlers.write(query ? query.sparql : text);
  }

  private list(chosen: string): void {
    const group = (label: string, items: HTMLOptionElement[]): HTMLElement | null => (items.length ? h("optgroup", { label }, ...items) : null);
    const own = saved();
    const groups = [
      h("option", { value: "" }, d.blank),
      group(d.saved, own.map(({ name }) => h("option", { value: OWN + name }, name))),
      group(d.named, this.queries.map(({ name, title }) => h("option", { value: NAMED + name }, title))),
    ];
    this.choice.replaceChildren(...groups.filter((each) => each !== null));
    this.choice.value = [...this.choice.options].some(({ value }) => value === chosen) ? chosen : "";
    this.remove.hidden = !this.choice.value.startsWith(OWN);
  }

  private async choose(): Promise<void> {
    const { value } = this.choice;
    if (value.startsWith(OWN)) return this.open(saved().find(({ name }) => OWN + name === value)?.text ?? "");
    const query = this.queries.find(({ name }) => NAMED + name === value) ?? null;
    this.remove.hidden = true;
    this.show(query, {});
    this.handlers.write(query?.sparql ?? "");
    const first = this.fields.querySelector("input");
    if (first) first.focus();
    else if (query) this.handlers.run();
  }

  private show(query: NamedQuery | null, given: Record<string, string>): void {
    this.now = query;
    this.what.textContent = query?.what ?? "";
    const parameters = query?.parameters ?? [];
    this.fields.classList.remove("loose");
    this.fields.replaceChildren(
      ...parameters.map(({ name, what }) =>
        h("label", { class: "field" }, h("span", {}, h("code", {}, `?${name}`), ` ${what}`), h("input", { type: "text", name, required: true, value: Object.hasOwn(given, name) ? given[name] : "", autocomplete: "off", spellcheck: "false", dir: "auto", "data-testid": `parameter-${name}` })),
      ),
      ...(parameters.length ? [h("p", { class: "hint" }, d.bound), h("button", { type: "submit", class: "sr-only", tabindex: -1 }, d.run)] : []),
    );
  }

  private submit(event: Event): void {
    event.preventDefault();
    this.handlers.run();
  }

  private unfold(open: boolean): void {
    this.keeping.hidden = !open;
    if (!open) return;
    this.name.value = this.choice.value.startsWith(OWN) ? this.choice.value.slice(OWN.length) : "";
    this.name.focus();
  }

  private leaveKeeping(event: KeyboardEvent): void {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    this.unfold(false);
    this.choice.focus();
  }

  private keep(event: Event): void {
    event.preventDefault();
    const name = this.name.value.trim();
    if (!name) return;
    const kept = save(name, this.handlers.text());
    this.unfold(false);
    if (kept) this.list(OWN + name);
    this.choice.focus();
    this.handlers.tell(kept ? d.savedAs(name) : d.notSaved);
  }

  private forget(): void {
    const name = this.choice.value.slice(OWN.length);
    if (!forget(name)) return this.handlers.tell(d.notSaved);
    this.list("");
    this.choice.focus();
    this.handlers.tell(d.removed(name));
  }

  private async copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.handlers.link(this.handlers.text()));
      this.handlers.tell(d.copied);
    } catch {
      this.handlers.tell(d.notCopied);
    }
  }
}
