// The browser's storage, or null where the visitor has forbidden it.

function allowed(get: () => Storage): Storage | null {
  try {
    return get();
  } catch {
    return null;
  }
}

export const tabStorage = allowed(() => sessionStorage);
export const deviceStorage = allowed(() => localStorage);

const FRESH_MS = 30 * 60_000;

/** `at` is a time in milliseconds, as the storage has it. */
export function isFresh(at?: string): boolean {
  return Date.now() - Number(at) < FRESH_MS;
}
