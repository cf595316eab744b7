// The title of a tab that nobody looks at says how much is unread. The desk's says something else (alarms.ts).

let plainTitle = "";

export function tellInTitle(unread: number): void {
  if (!document.hidden || document.body.dataset.liveKeep !== undefined) return;
  plainTitle ||= document.title;
  document.title = unread > 0 ? `(${unread}) ${plainTitle}` : plainTitle;
}

export function startHiddenTitle(): void {
  document.addEventListener("visibilitychange", () => {
    if (document.hidden || !plainTitle) return;
    document.title = plainTitle;
    plainTitle = "";
  });
}
