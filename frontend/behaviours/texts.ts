// Words with values in them.

import { words } from "./words";

// As base::isolated() in C++: a name that is read from right to left does not move the words around it.
function isolated(words: string): string {
  return /[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff]/.test(words)
    ? `\u2068${words.replace(/[\u202a-\u202e\u2066-\u2069]/g, "")}\u2069`
    : words;
}

export function text(name: string, values: Record<string, string | number> = {}): string {
  return (words[name] ?? name).replace(/\{(\w+)\}/g, (whole, key: string) => isolated(String(values[key] ?? whole)));
}

// Picks `name` or `nameOne`; languages with more plural forms keep their words neutral in number.
export function countedText(name: string, count: number): string {
  return text(count === 1 ? `${name}One` : name, { n: count });
}
