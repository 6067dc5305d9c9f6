// A state that advances by itself: one control that moves step by step.

import { element } from "./element.js";

// Buttons to play and to pause, to go one step on and back, and the steps in a frame. While it
// plays out of sight (of `el`), it waits.
export function addClock(bar, el, clock, controls) {
  const box = element(bar, "span", { class: "nbx-clock" });
  const add = (text, label, act) => {
    const button = element(box, "button", { type: "button", "aria-label": label }, text);
    button.addEventListener("click", act);
    return button;
  };
  const toggle = () => {
    sight.observe(el.closest(".nbx") ?? el); // where it is narrow, el has no box of its own
    if (player.playing) player.pause();
    else player.play();
  };
  const play = add("▶ Play", "Play", toggle);
  add("◀", "One step back", () => player.step(-1));
  add("▶|", "One step", () => player.step(1));
  const paces = element(box, "select", { "aria-label": "Steps in a frame" });
  for (const pace of clock.paces) element(paces, "option", { value: pace }, `× ${pace}`);
  const player = playerOf(clock, controls, {
    pace: () => Number(paces.value),
    show(playing) {
      play.textContent = playing ? "⏸ Pause" : "▶ Play";
      play.setAttribute("aria-label", playing ? "Pause" : "Play");
    },
  });
  const sight = new IntersectionObserver((seen) => player.see(seen.at(-1).isIntersecting));
  return {
    pause: player.pause,
    stop() {
      player.pause();
      sight.disconnect();
    },
  };
}

// While it plays, one animation frame asks for the next, and only this page hears of the steps;
// paused, at the end or out of sight none is asked for. When it stops, the kernel is told.
function playerOf({ name, last }, { state, set, move }, { pace, show }) {
  let [frame, inSight] = [0, true];
  const now = () => state()[name];
  const ask = () => {
    cancelAnimationFrame(frame);
    frame = player.playing && inSight ? requestAnimationFrame(advance) : 0;
  };
  const turn = (playing) => {
    player.playing = playing;
    show(playing);
    ask();
  };
  const advance = () => {
    move(name, Math.min(now() + pace(), last));
    if (now() === last) player.pause();
    else ask();
  };
  const player = {
    playing: false,
    play() {
      if (now() === last) set({ [name]: 0 });
      turn(true);
    },
    pause() {
      if (!player.playing) return;
      turn(false);
      set({ [name]: now() });
    },
    step(way) {
      player.pause();
      set({ [name]: Math.min(Math.max(now() + way, 0), last) });
    },
    see(seen) {
      inSight = seen;
      ask();
    },
  };
  return player;
}
