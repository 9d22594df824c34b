// `npm start --port 0 --data x --empty`, without the `--`: npm takes the flags for its own settings and hands over
// npm_config_port=true, npm_config_empty=true and the values as bare words; with `--port=0` it keeps the value.

/** The program's arguments as they were meant. A number among the bare words is the port. */
export function flagsFromNpm(args, env) {
  if (args.some((arg) => arg.startsWith("-"))) return args;
  const words = [...args];
  const flags = [];
  for (const name of ["port", "data"]) {
    const value = env[`npm_config_${name}`];
    if (!value) continue;
    const at =
      name === "port"
        ? Math.max(
            0,
            words.findIndex((word) => /^\d+$/.test(word)),
          )
        : 0;
    const given = value === "true" ? words.splice(at, 1) : [value];
    flags.push(`--${name}`, ...given);
  }
  if (env.npm_config_empty === "true") flags.push("--empty");
  return [...flags, ...words];
}
