import { el } from "../dom.js";

/** Why a verdict is what it is: in the reader's language, then the detail as the agent wrote it. */
export function reasonList({ t }, reasons) {
  if (reasons.length === 0) return null;
  return el(
    "ul",
    { class: "reasons" },
    reasons.map((reason) =>
      el(
        "li",
        {},
        reason.check ? el("code", {}, reason.check) : null,
        reason.check ? " " : null,
        t(`reason.${reason.code}`),
        reason.detail ? el("span", { class: "fine", lang: "en" }, ` — ${reason.detail}`) : null,
      ),
    ),
  );
}
