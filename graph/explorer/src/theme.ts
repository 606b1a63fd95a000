// Light, dark, or as the system says. The sheet decides the colours; the canvas asks it.

export type Theme = "system" | "light" | "dark";

const KEY = "testimony-theme";
const ORDER: Theme[] = ["system", "light", "dark"];
const system = matchMedia("(prefers-color-scheme: dark)");
const watchers: (() => void)[] = [];
let printing = false;

/** Whether motion is not wanted. */
export const still = matchMedia("(prefers-reduced-motion: reduce)");

function stored(): Theme {
  try {
    const found = localStorage.getItem(KEY);
    return ORDER.find((theme) => theme === found) ?? "system";
  } catch {
    return "system";
  }
}

let chosen: Theme = stored();

export function theme(): Theme {
  return chosen;
}

/** Is the page dark now? Paper never is. */
export function isDark(): boolean {
  return !printing && (chosen === "system" ? system.matches : chosen === "dark");
}

function apply(): void {
  document.documentElement.dataset["theme"] = printing ? "light" : chosen;
  for (const watcher of watchers) watcher();
}

/** From what the system says to the other one, then to the one the system says, then back: the first press is seen. */
export function cycle(): Theme {
  const order: Theme[] = system.matches ? ["system", "light", "dark"] : ["system", "dark", "light"];
  chosen = order[(order.indexOf(chosen) + 1) % order.length] as Theme;
  try {
    localStorage.setItem(KEY, chosen);
  } catch {
    // a browser that keeps nothing still shows the theme until the page is left
  }
  apply();
  return chosen;
}

export function onTheme(watcher: () => void): void {
  watchers.push(watcher);
}

export function startTheme(): void {
  apply();
  system.addEventListener("change", apply);
  addEventListener("beforeprint", () => {
    printing = true;
    apply();
  });
  addEventListener("afterprint", () => {
    printing = false;
    apply();
  });
}

/** A colour token of the sheet as the canvas understands it. */
export function token(name: string): string {
  const probe = document.createElement("span");
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}
