// Solves a CPLEX LP file with the npm package `highs` (HiGHS as WebAssembly): node highs.js FILE SECONDS
// Prints the solver's own log and then {"seconds": ...} of the solve, reading the text included.
const fs = require("fs");

const lines = [];
require("highs")({
    print : (line) => lines.push(line),
    printErr : (line) => lines.push(line)
}).then((highs) => {
    const model = fs.readFileSync(process.argv[2], "utf8");
    const begin = process.hrtime.bigint();
    const options = {time_limit : Number(process.argv[3]), threads : 1, mip_rel_gap : 0, mip_abs_gap : 0.999};
    highs.solve(model, options);
    console.log(lines.join("\n"));
    console.log(JSON.stringify({seconds : Number(process.hrtime.bigint() - begin) / 1e9}));
});
