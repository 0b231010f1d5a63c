import { html } from "../html.js";

/** Why a verdict is what it is: in the reader's language, then the detail as the agent wrote it. */
export function Reasons({ format, reasons }) {
  if (reasons.length === 0) return null;
  return html`
    <ul class="reasons">
      ${reasons.map(
        (reason) => html`
          <li>
            ${reason.check && html`<code><bdi>${reason.check}</bdi></code> `}${format.t(`reason.${reason.code}`)}
            ${reason.detail && html`<span class="fine" lang="en"> — <bdi>${reason.detail}</bdi></span>`}
          </li>
        `,
      )}
    </ul>
  `;
}

/** The same as one line of text. */
export function reasonText({ t }, reasons) {
  return reasons
    .map(({ check, code, detail }) => [check && `${check}:`, t(`reason.${code}`), detail && `(${detail})`])
    .map((parts) => parts.filter(Boolean).join(" "))
    .join("; ");
}
