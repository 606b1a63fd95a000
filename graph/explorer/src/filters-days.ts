// Days, months and their words. Dates are ISO text of any precision, as the server writes them.

const NAMES = new Intl.DateTimeFormat("en", { month: "long", year: "numeric", timeZone: "UTC" });

/** Months since year 0, of a year, month or day. */
export function monthNumber(day: string): number {
  const [year, month] = day.split("-").map(Number);
  return (year ?? 0) * 12 + ((month ?? 1) - 1);
}

/** “2022-01” of a number of months. */
export function monthText(month: number): string {
  return `${String(Math.floor(month / 12)).padStart(4, "0")}-${String((month % 12) + 1).padStart(2, "0")}`;
}

/** “January 2022”. */
export function monthWords(month: number): string {
  return NAMES.format(new Date(Date.UTC(Math.floor(month / 12), month % 12, 1)));
}

/** A year, a month or a day; an address may hold anything. */
const DAY = /^\d{4}(-\d{2}){0,2}$/;

/** The first day of a year, month or day. */
export function firstDay(day: string): string {
  return DAY.test(day) ? day + "-01-01".slice(day.length - 4) : "";
}

/** The last day of a year, month or day. */
export function lastDay(day: string): string {
  if (!DAY.test(day)) return "";
  if (day.length === 10) return day;
  const month = day.length === 4 ? `${day}-12` : day;
  const [year, number] = month.split("-").map(Number) as [number, number];
  return `${month}-${String(new Date(Date.UTC(year, number, 0)).getUTCDate()).padStart(2, "0")}`;
}

export interface Span {
  from: string;
  to: string;
}

/** Both ends of “from..to”; one day alone is both. */
export function spanOf(text: string): Span {
  const [from = "", to] = text.split("..");
  return { from, to: to ?? from };
}

/** The same with the ends that are days; what is none is open. */
export function drawnSpan(text: string): Span {
  const { from, to } = spanOf(text);
  return { from: DAY.test(from) ? from : "", to: DAY.test(to) ? to : "" };
}

export function spanText(span: Span): string {
  return span.from || span.to ? `${span.from}..${span.to}` : "";
}

/** “2022-01 to 2022-03”, “until 2022-03”, “from 2022-01”. */
export function spanWords({ from, to }: Span): string {
  if (from && to) return from === to ? from : `${from} to ${to}`;
  return from ? `from ${from}` : `until ${to}`;
}
