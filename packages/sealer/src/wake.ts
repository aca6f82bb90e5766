// SPDX-License-Identifier: AGPL-3.0-or-later

/** A wait that may be cut short; a call that comes while nobody waits counts for the next wait. */
export class Wake {
  #called = false;
  #wake: (() => void) | undefined;

  call(): void {
    this.#called = true;
    this.#wake?.();
  }

  async wait(milliseconds: number): Promise<void> {
    if (!this.#called) {
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        timer = setTimeout(resolve, milliseconds);
      });
      clearTimeout(timer);
      this.#wake = undefined;
    }
    this.#called = false;
  }
}
