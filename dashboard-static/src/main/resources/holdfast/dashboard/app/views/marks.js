// Marks that differ in shape as well as in colour, and bars.

import { html } from "../html.js";

const SHAPES = {
  healthy: [html`<circle class="shape" cx="12" cy="12" r="10" />`, "M7.2 12.4l3.2 3.2 6.4-6.8"],
  unhealthy: [
    html`<path class="shape" d="M7.9 2h8.2L22 7.9v8.2L16.1 22H7.9L2 16.1V7.9z" />`,
    "M8.4 8.4l7.2 7.2M15.6 8.4l-7.2 7.2",
  ],
  unknown: [
    html`<circle class="shape" cx="12" cy="12" r="9.4" />`,
    "M9.2 9.4a2.9 2.9 0 1 1 4.1 2.6c-.9.5-1.3 1-1.3 2M12 17.3v.1",
  ],
  degraded: [html`<path class="shape" d="M12 2.2L22.6 21H1.4z" />`, "M12 9v5.4M12 17.6v.1"],
  healing: [
    html`<rect class="shape" x="2" y="2" width="20" height="20" rx="5" />`,
    "M16.8 9.2A5.6 5.6 0 1 0 17.6 12M17.2 5.6v3.8h-3.8",
  ],
};

/** The shape of a tone; says nothing to a screen reader, as text always stands beside it. */
export function Mark({ tone, size = "" }) {
  const [shape, sign] = SHAPES[tone] ?? SHAPES.unknown;
  return html`
    <svg class=${`mark tone-${tone} ${size}`.trim()} viewBox="0 0 24 24" aria-hidden="true">
      ${shape}<path class="sign" d=${sign} />
    </svg>
  `;
}

/** A mark with its text. */
export function Pill({ tone, children }) {
  return html`<span class=${`pill tone-${tone}`}><${Mark} tone=${tone} />${children}</span>`;
}

/** A share of 0 to 1 with lines at `lines`; `label` says what it is and `text` how much. */
export function Meter({ share, tone, label, text, lines = [] }) {
  const percent = (value) => `${Math.min(100, Math.max(0, value * 100)).toFixed(1)}%`;
  return html`
    <div
      class=${`bar tone-${tone}`}
      role="meter"
      aria-label=${label}
      aria-valuemin="0"
      aria-valuemax="100"
      aria-valuenow=${Math.round(share * 100)}
      aria-valuetext=${text}
    >
      <svg aria-hidden="true">
        <rect class="track" width="100%" height="100%" />
        <rect class="fill" width=${percent(share)} height="100%" />
        ${lines.map((line) => html`<line x1=${percent(line)} x2=${percent(line)} y1="0" y2="100%" />`)}
      </svg>
    </div>
  `;
}
