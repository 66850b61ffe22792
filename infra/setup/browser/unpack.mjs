/** Unpacks the packaged Chromium into the working directory as `chromium`. */
import chromium from "@sparticuz/chromium";
import { chmod, copyFile } from "node:fs/promises";

await copyFile(await chromium.executablePath(), "chromium");
await chmod("chromium", 0o755);
