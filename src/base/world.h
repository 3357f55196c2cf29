/* world.h - the one door to clock, files, environment and processes.  Tests bring their own. */
#ifndef OFP_BASE_WORLD_H
#define OFP_BASE_WORLD_H
#include "offprint/convert.h"

struct ofp_world {
    void *user;
    /* Appends a file's bytes ("-": standard input) to out; more than max bytes (0: no bound) is
     * OFP_ELIMIT, anything else OFP_EIO with the system's words. */
    bool (*read_file)(void *user, const char *path, size_t max, ofp_buf *out, ofp_err *e);
    /* The same for a file below folder, named by a relative path with "/": neither ".." nor an
     * absolute path nor a symbolic link leads out of the folder (OFP_ERES when one tries to). */
    bool (*read_beneath)(void *user, const char *folder, const char *path, size_t max, ofp_buf *out, ofp_err *e);
    /* Writes a file as a whole or not at all ("-": standard output): temporary file in the same
     * folder, fsync, rename.  Devices and pipes are written in place. */
    bool (*write_file)(void *user, const char *path, ofp_str bytes, ofp_err *e);
    bool (*exists)(void *user, const char *path);         /* a regular file that can be read */
    bool (*is_newer)(void *user, const char *a, const char *b);     /* both are files, and a was written after b or with it */
    const char *(*env)(void *user, const char *name);     /* NULL when unset */
    int64_t (*now)(void *user);                           /* seconds since 1970; SOURCE_DATE_EPOCH first */
    /* Runs argv (searched in PATH) with in on its standard input, appends its standard output to
     * out and the last of its standard error to errs; *status is its exit status, 128+N for a signal,
     * -1 where it could not be started.
     * env_extra holds "NAME=value" strings, NULL-terminated.  After timeout seconds, after more than max bytes
     * (0: no bound; OFP_ELIMIT), or when a signal asks this program to end, it is killed with all that it started. */
    bool (*run)(void *user, const char *const *argv, const char *const *env_extra, ofp_str in, int timeout, size_t max,
                ofp_buf *out, ofp_buf *errs, int *status, ofp_err *e);
    /* Folder that holds the program's modules, filters and data (ending without "/"). */
    const char *(*home)(void *user);
    /* Calls each for every name in folder, in no order; a folder that cannot be read is an empty one. */
    void (*list)(void *user, const char *folder, void (*each)(void *ctx, const char *name), void *ctx);
    /* Makes a folder and those above it, where they are missing; OFP_EIO where that cannot be. */
    bool (*make_folder)(void *user, const char *path, ofp_err *e);
};

/* w itself, or the operating system where w is NULL. */
const ofp_world *ofp_world_or_os(const ofp_world *w);
#endif
