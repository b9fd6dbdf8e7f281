// Grades the site that is served at two ports of this machine, as MDN's HTTP Observatory does: with its own requests,
// tests and scores. Its command knows no ports, so what it calls is called here. Prints the grade as JSON.

import { existsSync, writeFileSync } from "node:fs";
import { ALL_TESTS, ALGORITHM_VERSION, NUM_TESTS } from "./node_modules/@mdn/mdn-http-observatory/src/constants.js";
import { MINIMUM_SCORE_FOR_EXTRA_CREDIT } from "./node_modules/@mdn/mdn-http-observatory/src/grader/charts.js";
import { getGradeForScore, getScoreModifier } from "./node_modules/@mdn/mdn-http-observatory/src/grader/grader.js";
import { retrieve } from "./node_modules/@mdn/mdn-http-observatory/src/retriever/retriever.js";

// The list of hosts that browsers know to speak https only is fetched by a script when the package is installed, which is
// not run here. This machine is not on it.
const preloaded = new URL("node_modules/@mdn/mdn-http-observatory/conf/hsts-preload.json", import.meta.url);
if (!existsSync(preloaded)) writeFileSync(preloaded, "{}");

const [path, httpPort, httpsPort] = process.argv.slice(2);
const found = await retrieve("localhost", { path, httpPort, httpsPort });
const tests = ALL_TESTS.map((test) => test(found)).map(({ name, result, pass }) => ({ name, result, pass, score: getScoreModifier(result) }));
const lost = tests.reduce((sum, { score }) => sum + Math.min(score, 0), 0);
const won = tests.reduce((sum, { score }) => sum + Math.max(score, 0), 0);
const score = 100 + lost + (100 + lost >= MINIMUM_SCORE_FOR_EXTRA_CREDIT ? won : 0);
console.log(JSON.stringify({ algorithm: ALGORITHM_VERSION, of: NUM_TESTS, tests, ...getGradeForScore(score) }));
