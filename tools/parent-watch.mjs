// Preloaded into a server that `npm start` runs: when the starting process is killed outright, the server goes with it.
process.channel?.unref();
process.once("disconnect", () => process.kill(process.pid, "SIGKILL"));
process.channel?.unref(); // the listener holds the channel, and the channel would hold the process
