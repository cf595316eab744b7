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
