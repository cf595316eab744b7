// Sound and desktop notification for a new emergency, for those who turned them on. Each device is asked once; the menu
// changes it later.

import { all, one } from "./dom";
import { deviceStorage } from "./storage";
import { text } from "./texts";

type News = { title: string; body: string; tag: string; path: string };

const KEY = "emergency-alerts";
const TONES_HZ = [880, 660, 880];
const TONE_SECONDS = 0.25;
const LOUDNESS = 0.4;

let audio: AudioContext | null = null;

function isOn(): boolean {
  return deviceStorage?.getItem(KEY) === "on";
}

function play(): void {
  audio ??= new AudioContext();
  // A page on which nothing was pressed yet may make no sound; the notification does.
  void audio.resume();
  const begin = audio.currentTime;
  const volume = audio.createGain();
  volume.gain.value = LOUDNESS;
  volume.connect(audio.destination);
  TONES_HZ.forEach((frequency, number) => {
    const tone = audio!.createOscillator();
    tone.frequency.value = frequency;
    tone.connect(volume);
    tone.start(begin + number * TONE_SECONDS);
    tone.stop(begin + (number + 0.8) * TONE_SECONDS);
  });
}

// Several tabs hear of it in the same moment: one of them sounds.
export function sound(): void {
  if (!isOn() || !("AudioContext" in window)) return;
  if (!("locks" in navigator)) {
    play();
    return;
  }
  const done = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1000 * TONES_HZ.length * TONE_SECONDS));
  void navigator.locks.request(KEY, { ifAvailable: true }, (lock) => {
    if (!lock) return undefined;
    play();
    return done();
  });
}

// One tag, one notification, whatever the number of tabs.
export function notify({ title, body, tag, path }: News): void {
  if (!isOn() || !("Notification" in window) || Notification.permission !== "granted") return;
  const shown = new Notification(title, { body, tag, requireInteraction: true });
  shown.addEventListener("click", () => {
    window.focus();
    location.assign(path);
  });
}

function showChoice(): void {
  const choice = deviceStorage?.getItem(KEY);
  one("[data-alerts-ask]")?.toggleAttribute("hidden", !deviceStorage || choice !== null);
  for (const button of all("[data-alerts-toggle]")) button.hidden = !deviceStorage;
  for (const words of all("[data-alerts-words]")) words.textContent = text(isOn() ? "alertsOn" : "alertsOff");
}

function choose(choice: string): void {
  deviceStorage?.setItem(KEY, choice);
  showChoice();
  if (choice !== "on") return;
  sound();
  if ("Notification" in window && Notification.permission === "default") void Notification.requestPermission();
}

export function startAlerts(): void {
  showChoice();
  document.addEventListener("click", (event) => {
    const pressed = (event.target as Element).closest<HTMLElement>("[data-alerts], [data-alerts-toggle]");
    if (pressed) choose(pressed.dataset.alerts ?? (isOn() ? "off" : "on"));
  });
  window.addEventListener("storage", (event) => {
    if (event.key === KEY) showChoice();
  });
}
