/** Unpacks the packaged Chromium into the folder that TMPDIR names, as `chromium`. */
import chromium from "@sparticuz/chromium";

console.log(await chromium.executablePath());
