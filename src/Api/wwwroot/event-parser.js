/**
 * Parses server-sent events in the form that the API writes: `name: value` lines, JSON in one `data` line, an empty line at the end.
 * The result takes the next piece of text. An event whose data is no JSON throws.
 */
export function createEventParser({ onEvent, onRetry }) {
  let rest = '';
  let event = {};

  return (text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop();
    for (const line of lines) {
      if (line === '') {
        if (event.data !== undefined) onEvent(event.event, JSON.parse(event.data), event.id);
        if (event.retry !== undefined) onRetry(Number(event.retry));
        event = {};
      } else if (!line.startsWith(':')) {
        const end = line.indexOf(': ');
        event[line.slice(0, end)] = line.slice(end + 2);
      }
    }
  };
}
