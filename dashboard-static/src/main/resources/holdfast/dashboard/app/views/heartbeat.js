// The last verdicts of a service. To the eye it is one picture; a pointer or a finger on it, or the
// arrow keys within it, show the time, the value and the reason of one verdict. To the keyboard it is
// a list box: one stop for Tab, then the arrows. Its options exist only while it has the focus, so
// that hundreds of services stay light.

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { html, memo } from "../html.js";
import { columns, COLUMN, counts, HEIGHT, indexAt, WIDTH } from "../logic/bar.js";
import { BEATS } from "../logic/past.js";
import { Mark } from "./marks.js";
import { Reasons, reasonText } from "./reasons.js";

const KEYS = {
  ArrowLeft: (index) => index - 1,
  ArrowRight: (index) => index + 1,
  Home: () => 0,
  End: (index, last) => last,
};

const NOTHING = { at: null, focused: false };

export const Heartbeat = memo(function Heartbeat({ format, name, beats = [] }) {
  const [chosen, choose] = useState(NOTHING);
  const list = useRef(null);
  const index = chosen.at === null ? -1 : Math.max(0, beats.findIndex((beat) => beat.at === chosen.at));
  useFocusOn(list, chosen, index);
  useEscape(chosen, choose);
  if (beats.length === 0) return html`<p class="beats-none fine">${format.t("beats.none")}</p>`;

  const at = (event) => {
    const box = list.current.getBoundingClientRect();
    return beats[indexAt(beats, (event.clientX - box.left) / box.width)].at;
  };
  const onKeyDown = (event) => {
    const move = KEYS[event.key];
    if (move === undefined) return;
    event.preventDefault();
    const from = index < 0 ? beats.length - 1 : index;
    const to = Math.min(beats.length - 1, Math.max(0, move(from, beats.length - 1)));
    choose({ at: beats[to].at, focused: true });
  };
  return html`
    <div class="beats">
      <${Picture} beats=${beats} index=${index} />
      <div
        ref=${list}
        class="beat-list"
        role="listbox"
        aria-orientation="horizontal"
        aria-label=${format.t("beats.label", { name, count: beats.length })}
        onPointerMove=${(event) => choose({ ...chosen, at: at(event) })}
        onPointerLeave=${(event) => event.pointerType === "mouse" && !chosen.focused && choose(NOTHING)}
        onClick=${(event) => choose({ at: at(event), focused: true })}
        onFocusIn=${() => !chosen.focused && choose({ at: chosen.at ?? beats.at(-1).at, focused: true })}
        onFocusOut=${(event) => !list.current.contains(event.relatedTarget) && choose(NOTHING)}
        onKeyDown=${onKeyDown}
      >
        <${Options} format=${format} beats=${beats} index=${index} focused=${chosen.focused} />
      </div>
      ${index >= 0 && html`<${Readout} format=${format} beat=${beats[index]} newest=${beats.at(-1)} />`}
      <p class="fine beats-sum">${summary(format, beats)}</p>
    </div>
  `;
});

/** The focus follows the choice, also when the chosen verdict has left the bar. */
function useFocusOn(list, chosen, index) {
  useLayoutEffect(() => {
    if (!chosen.focused) return;
    const option = list.current?.querySelector('[tabindex="0"]');
    if (option && option !== document.activeElement) option.focus({ preventScroll: true });
  }, [chosen, index]);
}

function useEscape(chosen, choose) {
  const shown = chosen.at !== null;
  useEffect(() => {
    if (!shown) return undefined;
    const onKey = (event) => event.key === "Escape" && choose({ at: null, focused: chosen.focused });
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [shown, chosen.focused]);
}

function Picture({ beats, index }) {
  const paths = columns(beats);
  const x = (BEATS - beats.length + index) * COLUMN;
  return html`
    <svg class="beat-bar" viewBox=${`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      ${index >= 0 && html`<rect class="beat-cursor" x=${x - 1} width=${COLUMN + 1} height=${HEIGHT} />`}
      ${["none", "healthy", "unknown", "unhealthy"].map(
        (kind) => paths[kind] && html`<path key=${kind} class=${`beat-${kind}`} d=${paths[kind]} />`,
      )}
    </svg>
  `;
}

function Options({ format, beats, index, focused }) {
  const last = beats.length - 1;
  const stop = index < 0 ? last : index;
  return beats.map(
    (beat, position) =>
      (focused || position === last) &&
      html`
        <span
          key=${beat.at}
          role="option"
          class="beat-option"
          tabindex=${position === (focused ? stop : last) ? 0 : -1}
          aria-selected=${String(position === index)}
          aria-setsize=${beats.length}
          aria-posinset=${position + 1}
          aria-label=${spoken(format, beat, beats.at(-1))}
        ></span>
      `,
  );
}

function spoken(format, beat, newest) {
  const { t, time } = format;
  return [time(beat.at, newest.at), t(`verdict.${beat.verdict}`), value(format, beat), reasonText(format, beat.reasons)]
    .filter((part) => part !== "")
    .join(", ");
}

function value({ t, answer }, beat) {
  return beat.answer === null ? t("beats.noAnswer") : t("beats.answer", { time: answer(beat.answer) });
}

/** The same for the eye; a screen reader has it as the name of the option. */
function Readout({ format, beat, newest }) {
  return html`
    <div class=${`readout tone-${beat.verdict}`} aria-hidden="true">
      <p>
        <${Mark} tone=${beat.verdict} /><time>${format.time(beat.at, newest.at)}</time>
        <strong class="verdict">${format.t(`verdict.${beat.verdict}`)}</strong>
        <span class="fine">${value(format, beat)}</span>
      </p>
      <${Reasons} format=${format} reasons=${beat.reasons} />
    </div>
  `;
}

function summary(format, beats) {
  const { t } = format;
  const { unhealthy, unknown } = counts(beats);
  const odd = [
    unhealthy > 0 && t("beats.unhealthy", { count: unhealthy }),
    unknown > 0 && t("beats.unknown", { count: unknown }),
  ].filter(Boolean);
  return t("beats.sum", {
    count: beats.length,
    time: format.time(beats[0].at, beats.at(-1).at),
    what: odd.length > 0 ? odd.join(t("names.and")) : t("beats.allHealthy"),
  });
}
