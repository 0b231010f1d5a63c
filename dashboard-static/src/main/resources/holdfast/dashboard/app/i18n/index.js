// Texts of the chosen language. Parameters stand as {name}; the result is text, never markup.

import { en } from "./en.js";
import { zhTW } from "./zh-TW.js";

export const LANGUAGES = [
  { tag: "en", html: "en", label: "English", texts: en },
  { tag: "zh-TW", html: "zh-Hant-TW", label: "繁體中文", texts: zhTW },
];

/** The first of `wishes` (BCP 47 tags, best first) that there is; English when none is. */
export function choose(wishes) {
  for (const wish of wishes) {
    const tag = String(wish ?? "").toLowerCase();
    if (tag.startsWith("zh")) return LANGUAGES[1];
    if (tag.startsWith("en")) return LANGUAGES[0];
  }
  return LANGUAGES[0];
}

/** A translator; a key that is not there gives its last part, so that a new code is still readable. */
export function translator(language) {
  const translate = (key, parameters = {}) => {
    const text = Object.hasOwn(language.texts, key) ? language.texts[key] : key.split(".").at(-1);
    return text.replace(/\{(\w+)\}/g, (whole, name) => parameters[name] ?? "");
  };
  translate.language = language;
  return translate;
}
