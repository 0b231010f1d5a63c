// The stream of status events; comes back by itself, also when the browser has given it up.

import { connectionState, retryDelay, SILENCE_MILLIS } from "./logic/connection.js";

/**
 * Calls `onData(json)` for each status, and before it `onConnected()` for the first of a connection;
 * `state(now)` tells how the connection is.
 */
export class StatusStream {
  #url;
  #onConnected;
  #onData;
  #source = null;
  #attempt = 0;
  #openedAt = performance.now();
  #lastDataAt = null;
  #broken = false;

  constructor(url, { onConnected, onData }) {
    this.#url = url;
    this.#onConnected = onConnected;
    this.#onData = onData;
    this.#open();
    setInterval(() => this.#watch(), 1_000);
  }

  state(now) {
    return connectionState(this.#lastDataAt, this.#openedAt, this.#broken, now);
  }

  #open() {
    this.#openedAt = performance.now();
    this.#source = new EventSource(this.#url);
    this.#source.addEventListener("status", () => this.#onConnected(), { once: true });
    this.#source.addEventListener("status", (event) => {
      this.#lastDataAt = performance.now();
      this.#attempt = 0;
      this.#broken = false;
      this.#onData(JSON.parse(event.data));
    });
    this.#source.addEventListener("error", () => this.#again());
  }

  /** An open connection that says nothing is as good as none. */
  #watch() {
    const heard = Math.max(this.#openedAt, this.#lastDataAt ?? 0);
    if (this.#source !== null && performance.now() - heard > SILENCE_MILLIS) this.#again();
  }

  #again() {
    this.#broken = true;
    this.#source?.close();
    this.#source = null;
    this.#attempt += 1;
    setTimeout(() => this.#open(), retryDelay(this.#attempt, Math.random()));
  }
}
