// Words shown by scripts come from the page (templates/partials/script_texts.html), so they are translated with it.

const words: DOMStringMap = {};

for (const element of document.querySelectorAll<HTMLElement>("[data-texts]")) Object.assign(words, element.dataset);

export function text(name: string, values: Record<string, string | number> = {}): string {
  return (words[name] ?? name).replace(/\{(\w+)\}/g, (whole, key: string) => String(values[key] ?? whole));
}

// Picks `name` or `nameOne`; languages with more plural forms keep their words neutral in number.
export function countedText(name: string, count: number): string {
  return text(count === 1 ? `${name}One` : name, { n: count });
}
