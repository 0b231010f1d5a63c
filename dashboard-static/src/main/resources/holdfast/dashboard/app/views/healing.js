import { html } from "../html.js";
import { Mark } from "./marks.js";

/** What healing does for a service, or why it does nothing; `note` is as `healing.js` finds it. */
export function Healing({ format, clock, note }) {
  const { t } = format;
  const { event, next } = note;
  const parameters = {
    action: t(`action.${event.data.action}`),
    attempt: event.data.attempt ?? "",
    maximum: event.data.maxAttempts ?? "",
    trigger: t(`trigger.${event.data.trigger}`),
    held: t(`held.${event.data.reason}`),
    next: next === null ? "" : format.time(next, clock.now),
  };
  return html`
    <p class=${`note tone-${note.tone}`}>
      <${Mark} tone=${note.tone} />
      <span>
        ${t(note.text, parameters)}
        <span class="fine"> (${format.time(event.at, clock.now)})</span>
      </span>
    </p>
  `;
}
