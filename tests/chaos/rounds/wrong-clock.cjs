// Loaded before the app: a clock that can be set wrong. On SIGUSR2 it is off by as many milliseconds as the file says.
const { readFileSync } = require("node:fs");

const realNow = Date.now;
let offMs = 0;
Date.now = () => realNow() + offMs;
process.on("SIGUSR2", () => {
  offMs = Number(readFileSync(process.env.CHAOS_CLOCK, "utf8"));
});
