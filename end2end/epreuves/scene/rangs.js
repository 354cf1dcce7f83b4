// Compares two samples.

/**
 * The area under the ROC curve, by ranks (Mann and Whitney). It is the chance that one of `others` is larger than one
 * of `ones`; equals count half. It is 0.5 when neither sample tells anything of the other.
 */
export function aire(ones, others) {
  const all = [...ones.map((value) => [value, 0]), ...others.map((value) => [value, 1])].sort(([a], [b]) => a - b);
  let sum = 0;
  for (let at = 0; at < all.length; ) {
    let end = at;
    while (end < all.length && all[end][0] === all[at][0]) end += 1;
    const rank = (at + 1 + end) / 2;
    for (; at < end; at += 1) sum += all[at][1] * rank;
  }
  const n = others.length;
  return (sum - (n * (n + 1)) / 2) / (n * ones.length);
}
