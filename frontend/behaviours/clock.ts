// The server's clock rules: a wrong clock on the visitor's device must not move a time.

const skew = Date.parse(document.documentElement.dataset.now ?? "") - Date.now() || 0;

export function now(): number {
  return Date.now() + skew;
}
