/**
 * Cuts KERN's Fira Sans (SIL Open Font License) down to the letters European names need.
 *
 * Not here: the @font-face rules (css/fonts.css).
 */
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { compress, decompress } from "wawoff2";

const require = createRequire(import.meta.url);
const WEIGHTS = { Regular: "400", SemiBold: "600" };

/** The main file serves German and English pages; the second is fetched only when a name needs it. */
const PARTS = {
  "": [[0x20, 0x7e], [0xa0, 0xff], [0x2010, 0x2014], [0x2018, 0x201e], [0x2022, 0x2022], [0x2026, 0x2026],
    [0x2030, 0x2030], [0x2039, 0x203a], [0x20ac, 0x20ac], [0x2190, 0x2193], [0x2212, 0x2212], [0x1e9e, 0x1e9e]],
  "-ext": [[0x100, 0x17f], [0x218, 0x21b], [0x1e80, 0x1e85], [0x2116, 0x2116]],
};
const FEATURES = ["kern", "mark", "mkmk", "liga", "locl", "tnum", "ccmp"];
const SET_LAYOUT_FEATURES = 6;
const MODE_WRITABLE = 2;
const FLAG_NO_HINTING = 1;

const tag = (/** @type {string} */ name) => [...name].reduce((sum, c) => (sum << 8) + c.charCodeAt(0), 0);

/** @returns {Promise<any>} HarfBuzz's subsetter */
async function harfbuzz() {
  const wasm = await readFile(require.resolve("harfbuzzjs/dist/harfbuzz-subset.wasm"));
  const { instance } = await WebAssembly.instantiate(wasm);
  /** @type {any} */ (instance.exports)._initialize();
  return instance.exports;
}

/**
 * @param {any} hb
 * @param {Uint8Array} font TrueType bytes
 * @param {number[][]} ranges inclusive code points
 * @returns {Uint8Array} a smaller TrueType font
 */
function cut(hb, font, ranges) {
  const pointer = hb.malloc(font.byteLength);
  new Uint8Array(hb.memory.buffer).set(font, pointer);
  const blob = hb.hb_blob_create(pointer, font.byteLength, MODE_WRITABLE, 0, 0);
  const face = hb.hb_face_create(blob, 0);
  const input = hb.hb_subset_input_create_or_fail();
  hb.hb_subset_input_set_flags(input, FLAG_NO_HINTING);
  const features = hb.hb_subset_input_set(input, SET_LAYOUT_FEATURES);
  hb.hb_set_clear(features);
  FEATURES.forEach((name) => hb.hb_set_add(features, tag(name)));
  const letters = hb.hb_subset_input_unicode_set(input);
  for (const [first, last] of ranges) {
    for (let code = first; code <= last; code += 1) hb.hb_set_add(letters, code);
  }
  const smaller = hb.hb_subset_or_fail(face, input);
  if (!smaller) throw new Error("the font could not be cut");
  const result = hb.hb_face_reference_blob(smaller);
  const offset = hb.hb_blob_get_data(result, 0);
  return new Uint8Array(hb.memory.buffer).slice(offset, offset + hb.hb_blob_get_length(result));
}

/** @param {string} folder where the woff2 files go */
export async function cutFonts(folder) {
  const hb = await harfbuzz();
  for (const [name, weight] of Object.entries(WEIGHTS)) {
    const path = require.resolve(`@kern-ux/native/dist/fonts/fira-sans/FiraSans-${name}.woff2`);
    const font = await decompress(await readFile(path));
    for (const [part, ranges] of Object.entries(PARTS)) {
      await writeFile(join(folder, `text-${weight}${part}.woff2`), await compress(cut(hb, font, ranges)));
    }
  }
}
