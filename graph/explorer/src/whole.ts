import { h } from "./dom";
import { paneElement, type Pane, type Shown } from "./pane";
import { s } from "./strings";

export class Whole implements Pane {
  readonly element = paneElement("whole");

  show(_of: Shown): void {
    this.element.replaceChildren(h("p", { class: "notice" }, s.loading));
  }
}
