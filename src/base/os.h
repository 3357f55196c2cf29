/* os.h - what the files behind the real world share. */
#ifndef OFP_BASE_OS_H
#define OFP_BASE_OS_H
#include <signal.h>
#include "base/world.h"

/* Lets what would end the program wait: *held are the signals blocked, *old is the mask to go back to. */
void ofp_os_hold(sigset_t *held, sigset_t *old);
/* ofp_world's run. */
bool ofp_os_run(void *user, const char *const *argv, const char *const *env_extra, ofp_str in, int timeout, size_t max,
                ofp_buf *out, ofp_buf *errs, int *status, ofp_err *e);
#endif
