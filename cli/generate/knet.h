/*
 * pulang generate knet: transportation problems as the literature has them, for benchmarks.
 */
#ifndef PULANG_CLI_GENERATE_KNET_H
#define PULANG_CLI_GENERATE_KNET_H

/* argv[0] is the program's name for messages. Returns an exit code. */
int generate_knet(int argc, char **argv);

#endif
