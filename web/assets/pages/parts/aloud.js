// @ts-check
/** The question read aloud by the browser, where it can. */
import { language } from '../../ui/words.js';

/** @param {HTMLElement | null} asked The question that is shown. */
export function readAloud(asked) {
  const speech = window.speechSynthesis;
  speech?.cancel();
  const button = asked?.querySelector('[data-aloud]');
  if (!speech || !(button instanceof HTMLButtonElement)) return;
  button.hidden = false;
  button.addEventListener('click', () => {
    if (speech.speaking) return speech.cancel();
    const spoken = new SpeechSynthesisUtterance(textOf(asked));
    spoken.lang = language();
    return speech.speak(spoken);
  });
}

/** @param {HTMLElement | null} asked */
function textOf(asked) {
  const parts = [...(asked?.querySelectorAll('.query, .query-more, .hint:not(.query-more), .reply-chip, .choice label, .heard__row') ?? [])];
  return parts.map((part) => part.textContent?.trim() ?? '').join('. ');
}
