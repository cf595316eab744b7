// Shows a photo over the page instead of leaving it: arrow keys go on to the page's other photos, Esc and Back close. A click that
// asks for a new tab gets one. A bundle of its own, which pages with photos load (page.ts).

import { all, one } from "./dom";

function photos(): HTMLAnchorElement[] {
  return all<HTMLAnchorElement>("a[data-view]");
}

function show(viewer: HTMLDialogElement, photo: HTMLAnchorElement): void {
  const shown = photos();
  const image = one<HTMLImageElement>("[data-viewer-image]", viewer)!;
  const name = one("[data-view-name]", photo)?.textContent ?? "";
  viewer.dataset.href = photo.href;
  image.src = photo.href;
  image.alt = name;
  one("[data-viewer-name]", viewer)!.textContent = name;
  one("[data-viewer-size]", viewer)!.textContent = one("[data-view-size]", photo)?.textContent ?? "";
  one<HTMLAnchorElement>("[data-viewer-download]", viewer)!.href = photo.href;
  one("[data-viewer-count]", viewer)!.textContent = `${shown.indexOf(photo) + 1} / ${shown.length}`;
  one("[data-viewer-nav]", viewer)!.hidden = shown.length < 2;
}

function step(viewer: HTMLDialogElement, by: number): void {
  const shown = photos();
  const at = shown.findIndex((photo) => photo.href === viewer.dataset.href);
  const next = shown[(at + by + shown.length) % shown.length];
  if (next) show(viewer, next);
}

// The Back button closes the viewer: it has an entry of its own, which any other way of closing takes away again.
function keepEntry(viewer: HTMLDialogElement): void {
  window.addEventListener("popstate", () => {
    if (viewer.open) viewer.close();
  });
  viewer.addEventListener("close", () => {
    if ((history.state as { viewer?: boolean } | null)?.viewer) history.back();
  });
}

function start(viewer: HTMLDialogElement): void {
  document.addEventListener("click", (event) => {
    const photo = (event.target as Element).closest<HTMLAnchorElement>("a[data-view]");
    if (!photo || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    show(viewer, photo);
    viewer.showModal();
    history.pushState({ viewer: true }, "");
  });
  keepEntry(viewer);
  viewer.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-viewer-step]");
    if (button) step(viewer, Number(button.dataset.viewerStep));
    else if (event.target === viewer) viewer.close();
  });
  viewer.addEventListener("keydown", (event) => {
    if (event.key === "ArrowRight") step(viewer, 1);
    else if (event.key === "ArrowLeft") step(viewer, -1);
    else return;
    event.preventDefault();
  });
}

const viewer = one<HTMLDialogElement>("[data-viewer]");
if (viewer && "showModal" in viewer) start(viewer);
