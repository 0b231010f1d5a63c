// Names and details come from elsewhere. What would steer how text is shown is made visible: a name
// with U+202E in it must not turn around the words after it.

const STEERING = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** The text with invisible and direction-changing characters written out, as ⟨202E⟩. */
export function plain(text) {
  return String(text ?? "").replace(
    STEERING,
    (character) => `⟨${character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`,
  );
}
