// Short names for the few things every behaviour does to the document.

export function one<T extends Element = HTMLElement>(selector: string, root: ParentNode = document): T | null {
  return root.querySelector<T>(selector);
}

export function all<T extends Element = HTMLElement>(selector: string, root: ParentNode = document): T[] {
  return [...root.querySelectorAll<T>(selector)];
}

export function create(
  tag: string,
  attributes: Record<string, string> = {},
  ...children: (Node | string)[]
): HTMLElement {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

// A form's controls, also those that stand elsewhere on the page and name it (form="…").
export function controls<T extends Element = HTMLElement>(form: HTMLFormElement, selector: string): T[] {
  return [...form.elements].filter((control): control is T & Element => control.matches(selector)) as T[];
}

// Copies what the server wrote into a <template>, so that words and icons stay in the templates.
export function clone(template: HTMLTemplateElement): HTMLElement {
  return document.importNode(template.content, true).firstElementChild as HTMLElement;
}
