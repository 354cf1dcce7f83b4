// How steady the machine is: the same small work, again and again. A p98 far from the median is somebody else's load.
import { quantile } from './quantile.js';

export function bruit() {
  const times = [];
  for (let run = 0; run < 200; run += 1) {
    const from = performance.now();
    let sum = 0;
    for (let at = 0; at < 2_000_000; at += 1) sum = (sum + at * at) % 1_000_003;
    times.push(performance.now() - from + (sum < 0 ? 1 : 0));
  }
  return `${quantile(times, 0.5).toFixed(1)} ms, ${quantile(times, 0.98).toFixed(1)} ms`;
}
