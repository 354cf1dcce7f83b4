// Values that nobody types, and the marks that find them again in an answer.
import fc from 'fast-check';

/** Begins every mark: nothing of the service is so called. */
export const MARK = 'zq9';

const HOSTILE = [
  '', ' ', '\0', 'a\0b', '\u{202e}gnp.exe', '\u{2066}a\u{2069}', '\u{200b}', '\u{feff}a', '\u{7f}\u{1b}[31m', 'a\tb', '\u{85}', '\u{fffd}', '\u{1f469}\u{200d}\u{1f680}',
  'e\u{301}'.repeat(40), '\u{ffff}', 'ﷺ', 'İ', 'ß', '１２', '٣',
  `<${MARK}>`, `"><${MARK} a="`, `'><${MARK}>`, `" ${MARK}a="`, `' ${MARK}a='`, `</title><${MARK}>`, `</textarea><${MARK}>`, `</script><${MARK}>`, `--><${MARK}>`, `";${MARK}()//`, `\\";${MARK}()//`, `</style><${MARK}>`, `javascript:${MARK}()`,
  `a\r\nx-${MARK}: 1`, `a\nx-${MARK}: 1`, `a\rx-${MARK}: 1`, `\r\n\r\n<${MARK}>`, `a\r\nBcc: ${MARK}@exemple.example`, `${MARK}\r\nset-cookie: ${MARK}=1`,
  "' OR '1'='1", "'; DROP TABLE compte; --", '" OR 1=1 --', '1) UNION SELECT 1,2 --', '%', '_', '\\', '%_\\', "O'Brien", '$1', '?1', ':id',
  '=1+1', '+1', '-1', '@SUM(A1)', '=cmd|\' /C calc\'!A0', '\t=1', '＝1',
  '../../../etc/passwd', '..\\..\\windows', '/etc/passwd\0.pdf', 'file:///etc/passwd', `//${MARK}.example/`, `https://${MARK}.example/`, `/\\${MARK}.example`,
  'NaN', 'Infinity', '-0', '0x10', '1e309', '-1', '0', '9223372036854775807', '9223372036854775808', '-9223372036854775808', '-9223372036854775809', '18446744073709551616', '4294967296', '1.5', '1'.repeat(400),
  'true', 'null', 'undefined', '[]', '{}', '{"a":1}', '[object Object]', '\u{d7ff}', '%00', '%0d%0a', '%ff', '%c0%af', '%', '%z', '%u0041', '&#0;', '&lt;', '${7*7}', '{{7*7}}', '#{7*7}',
  '00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-4fff-bfff-ffffffffffff', 'IEL-0000-0000', 'IEL-ZZZZ-ZZZZ', 'iel-0000-0000', '31/02/2026', '29/02/1900', '00/00/0000', '99/99/9999', '01/01/-001', '32:00', '2026-13-45',
  'a@b', 'a@b@c', '@', 'a@', '@b', '"a b"@exemple.example', 'a@[127.0.0.1]', 'a@exemple..example', 'é@exemple.example', 'a@xn--.example', 'a@exemple.example\r\nBcc: b@exemple.example', `${'a'.repeat(64)}@${'b'.repeat(63)}.example`,
  'COMMUNE:', 'COMMUNE:31555:1', ':', 'COMMUNE:\0', '1.1', '1.2,1.2', '1.', '.1', '-1.-1', '9223372036854775808.1', `${'1.1,'.repeat(500)}1.1`,
];

/** Any text, most often one meant to harm. */
export const hostile = fc.oneof(
  { arbitrary: fc.constantFrom(...HOSTILE), weight: 12 },
  { arbitrary: fc.string({ unit: 'binary', maxLength: 60 }), weight: 2 },
  { arbitrary: fc.string({ unit: 'grapheme', maxLength: 60 }), weight: 1 },
  { arbitrary: fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }).map(String), weight: 1 },
  { arbitrary: fc.tuple(fc.constantFrom('a', 'é', '\u{202e}', '<', '=', ' ', '\0', '٣', '"'), fc.integer({ min: 100, max: 3_000 })).map(([one, many]) => one.repeat(many)), weight: 1 },
);

/** Bytes that are no text, as they stand in an address or a form. */
export const bytes = fc.constantFrom('%ff%fe', '%c3', '%c0%80', '%ed%a0%80', '%f5%80%80%80', '%', '%4', '%zz', '%00', '\xff', '\xc3(', '\x01', '%%%', '+', '%2', '%252e%252e%252f', ';', '&&==&', '=');
