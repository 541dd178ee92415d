/*
 * The most memory that the process has held at a time.
 */
#ifndef PULANG_CLI_PEAK_H
#define PULANG_CLI_PEAK_H

/* Forgets the peak so far, where the system can. */
void peak_reset(void);
/* The peak since then in MiB: resident memory, mapped files included. */
double peak_mebibytes(void);

#endif
