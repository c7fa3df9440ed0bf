import { setText } from './dom.js';
import { longDuration, problemText } from './texts.js';

const maxLiveAgeMs = 3500;

/** The line that says how old the page's data is. It says "Live" only for data that is a few seconds old at most. */
export function createFreshness(element, announce) {
  let readAt = null; // when the data on the page was current
  let failure = null; // { text, retryAt }
  let isStreaming = false; // whether the page gets each change at once

  function show() {
    if (isStreaming) readAt = Date.now();
    const ageMs = readAt === null ? null : Date.now() - readAt;
    const retryInMs = failure && failure.retryAt - Date.now();
    const retry = failure && `Trying again ${retryInMs > 1000 ? `in ${longDuration(retryInMs)}` : 'now'}.`;
    const state = ageMs === null ? (failure ? 'trouble' : 'waiting') : failure || ageMs > maxLiveAgeMs ? 'stale' : 'live';
    const age = `Showing the state of ${longDuration(ageMs ?? 0)} ago.`;
    setText(element, {
      waiting: 'Loading…',
      live: 'Live',
      trouble: `${failure?.text} ${retry}`,
      stale: failure ? `${age} ${failure.text} ${retry}` : age,
    }[state]);
    if (element.dataset.state === state) return;
    if (state === 'stale' || state === 'trouble') announce(failure?.text ?? age);
    else if (element.dataset.state === 'stale') announce('Live again.');
    element.dataset.state = state;
  }

  return {
    show,

    /** Takes the state of the stream. One that is not current shows the state of `asOf`. */
    stream(isCurrent, asOf = null) {
      isStreaming = isCurrent;
      if (isCurrent) failure = null;
      if (asOf !== null) readAt = asOf;
      show();
    },

    /** Takes the age or the failure from a response. */
    update(response, succeeded, nextMs) {
      if (succeeded) {
        readAt = Date.now() - Number(response.header('Hunt-Age-Ms') ?? 0);
        failure = null;
      } else {
        failure = { text: problemText(response), retryAt: Date.now() + nextMs };
      }
      show();
    },
  };
}
