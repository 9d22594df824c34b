// `npm run gendan -- …` starts here.
import { gendan } from "./gendan.js";
import { languageOf } from "./terminal/texts.js";

process.exitCode = await gendan(process.argv.slice(2), languageOf(process.env), {
  out: (line) => console.log(line),
  err: (line) => console.error(line),
});
