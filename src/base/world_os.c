/* The operating system behind ofp_world. */
#define _GNU_SOURCE                     /* dladdr is not in POSIX.2008 */
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include "base/os.h"

static bool fail_errno(ofp_err *e, const char *path, const char *what)
{
    return ofp_fail(e, OFP_EIO, OFP_NOWHERE, "%s: %s%s", path, what, strerror(errno));
}

/* ---- reading ---- */

static bool read_all(int fd, const char *path, size_t max, ofp_buf *out, ofp_err *e)
{
    char piece[1 << 15];
    size_t start = out->n;
    for (;;) {
        ssize_t n = read(fd, piece, sizeof piece);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return fail_errno(e, path, "");
        if (n == 0)
            return true;
        ofp_buf_add(out, (ofp_str){ piece, (size_t)n });
        if (out->failed)
            return ofp_fail_nomem(e);
        if (max && out->n - start > max)
            return ofp_fail(e, OFP_ELIMIT, OFP_NOWHERE, "%s: larger than the limit of %zu bytes", path, max);
    }
}

static bool read_fd(int fd, const char *path, size_t max, ofp_buf *out, ofp_err *e)
{
    if (fd < 0)
        return fail_errno(e, path, "");
    bool ok = read_all(fd, path, max, out, e);
    close(fd);
    return ok;
}

static bool read_file(void *user, const char *path, size_t max, ofp_buf *out, ofp_err *e)
{
    (void)user;
    if (!strcmp(path, "-"))
        return read_all(STDIN_FILENO, "standard input", max, out, e);
    return read_fd(open(path, O_RDONLY | O_CLOEXEC), path, max, out, e);
}

/* Opens path below folder one component at a time, so that nothing on the way can be a link. */
static int open_beneath(const char *folder, const char *path)
{
    int at = open(*folder ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    char part[NAME_MAX + 1];
    while (at >= 0) {
        size_t n = strcspn(path, "/");
        bool last = !path[n];
        if (n > NAME_MAX || !n || !strncmp(path, "..", n == 2 ? 2 : 3)) {
            close(at);
            errno = EXDEV;
            return -1;
        }
        memcpy(part, path, n);
        part[n] = 0;
        int next = openat(at, part, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | (last ? 0 : O_DIRECTORY));
        int err = errno;
        close(at);
        errno = err;
        if (last)
            return next;
        at = next;
        path += n + 1;
    }
    return -1;
}

static bool read_beneath(void *user, const char *folder, const char *path, size_t max, ofp_buf *out, ofp_err *e)
{
    (void)user;
    struct stat st;
    int fd = open_beneath(folder, path);
    if (fd < 0 && (errno == EXDEV || errno == ELOOP))
        return ofp_fail(e, OFP_ERES, OFP_NOWHERE, "%s: outside of the folder", path);
    if (fd >= 0 && !fstat(fd, &st) && !S_ISREG(st.st_mode)) {
        close(fd);
        return ofp_fail(e, OFP_EIO, OFP_NOWHERE, "%s: not a regular file", path);
    }
    return read_fd(fd, path, max, out, e);
}

static bool exists(void *user, const char *path)
{
    (void)user;
    struct stat st;
    return !stat(path, &st) && S_ISREG(st.st_mode) && !access(path, R_OK);
}

static bool is_newer(void *user, const char *a, const char *b)
{
    struct stat x, y;
    (void)user;
    if (stat(a, &x) || stat(b, &y) || !S_ISREG(x.st_mode) || !S_ISREG(y.st_mode))
        return false;
    return x.st_mtim.tv_sec != y.st_mtim.tv_sec ? x.st_mtim.tv_sec > y.st_mtim.tv_sec : x.st_mtim.tv_nsec >= y.st_mtim.tv_nsec;
}

/* ---- writing ---- */

static bool write_all(int fd, ofp_str s)
{
    while (s.n) {
        ssize_t n = write(fd, s.p, s.n);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        s = ofp_str_sub(s, (size_t)n, SIZE_MAX);
    }
    return true;
}

static bool write_in_place(const char *path, ofp_str bytes, ofp_err *e)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    bool ok = fd >= 0 && write_all(fd, bytes);
    if (!ok)
        fail_errno(e, path, "");
    if (fd >= 0 && close(fd) && ok)
        ok = fail_errno(e, path, "");
    return ok;
}

/* mkstemp makes files private; an output gets what the user's mask grants, or keeps its old mode. */
static mode_t mode_for(const char *path)
{
    struct stat st;
    if (!stat(path, &st))
        return st.st_mode & 0777;
    mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

static bool write_beside(const char *path, ofp_str bytes, ofp_err *e)
{
    char temp[PATH_MAX];
    if (snprintf(temp, sizeof temp, "%s.XXXXXX", path) >= (int)sizeof temp)
        return ofp_fail(e, OFP_EIO, OFP_NOWHERE, "%s: name too long", path);
    int fd = mkstemp(temp);
    if (fd < 0)
        return fail_errno(e, path, "cannot write: ");
    bool ok = write_all(fd, bytes) && !fchmod(fd, mode_for(path)) && !fsync(fd);
    int err = errno;
    if (close(fd) && ok) {
        ok = false;
        err = errno;
    }
    if (ok && !rename(temp, path))
        return true;
    if (!ok)
        errno = err;
    fail_errno(e, path, "cannot write: ");
    unlink(temp);
    return false;
}

/* Signals wait until the temporary file is renamed or gone, so that an interrupt leaves nothing. */
static bool write_whole(const char *path, ofp_str bytes, ofp_err *e)
{
    sigset_t held, old;
    ofp_os_hold(&held, &old);
    bool ok = write_beside(path, bytes, e);
    sigprocmask(SIG_SETMASK, &old, NULL);
    return ok;
}

static bool write_file(void *user, const char *path, ofp_str bytes, ofp_err *e)
{
    (void)user;
    struct stat st;
    if (!strcmp(path, "-"))
        return write_all(STDOUT_FILENO, bytes) || fail_errno(e, "standard output", "");
    if (stat(path, &st) || S_ISREG(st.st_mode)) {
        char real[PATH_MAX];            /* a link keeps being one: its target is replaced */
        return write_whole(realpath(path, real) ? real : path, bytes, e);
    }
    if (S_ISDIR(st.st_mode)) {
        errno = EISDIR;
        return fail_errno(e, path, "cannot write: ");
    }
    return write_in_place(path, bytes, e);
}

/* ---- environment, clock, home ---- */

static const char *env(void *user, const char *name)
{
    (void)user;
    return getenv(name);
}

static int64_t now(void *user)
{
    (void)user;
    long fixed;
    if (ofp_str_int(ofp_s(getenv("SOURCE_DATE_EPOCH")), 0, LONG_MAX, &fixed))
        return fixed;
    return (int64_t)time(NULL);
}

/* The library tells where it is: its folder in the build tree, offprint/ beside it when installed. */
static const char *home(void *user)
{
    static _Thread_local char path[PATH_MAX];   /* a cache of something that cannot change */
    Dl_info info;
    (void)user;
    if (path[0])
        return path;
    char probe[PATH_MAX + 32];
    if (!dladdr((void *)(uintptr_t)&ofp_world_or_os, &info) || !realpath(info.dli_fname, path))
        return ".";
    char *slash = strrchr(path, '/');
    *slash = 0;
    snprintf(probe, sizeof probe, "%s/offprint/modules", path);
    if (!access(probe, F_OK) && strlen(path) + sizeof "/offprint" <= sizeof path)
        strcat(path, "/offprint");
    return path;
}

/* ---- folders ---- */

static void list(void *user, const char *folder, void (*each)(void *ctx, const char *name), void *ctx)
{
    (void)user;
    DIR *dir = opendir(folder);
    for (struct dirent *d; dir && (d = readdir(dir));)
        each(ctx, d->d_name);
    if (dir)
        closedir(dir);
}

static bool make_folder(void *user, const char *path, ofp_err *e)
{
    char part[PATH_MAX];
    size_t n = strlen(path);
    struct stat st;
    (void)user;
    if (n >= sizeof part)
        return ofp_fail(e, OFP_EIO, OFP_NOWHERE, "%s: name too long", path);
    for (size_t i = 1; i <= n; i++) {
        if (path[i] != '/' && path[i])
            continue;
        memcpy(part, path, i);
        part[i] = 0;
        if (mkdir(part, 0777) && errno != EEXIST)
            return fail_errno(e, part, "cannot make the folder: ");
    }
    errno = ENOTDIR;
    return (!stat(path, &st) && S_ISDIR(st.st_mode)) || fail_errno(e, path, "cannot make the folder: ");
}

static const ofp_world os = { NULL, read_file, read_beneath, write_file, exists, is_newer, env, now, ofp_os_run, home, list, make_folder };

const ofp_world *ofp_world_or_os(const ofp_world *w) { return w ? w : &os; }
