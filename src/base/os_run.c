/* os_run.c - child processes.  Each leads a process group of its own, so that whatever it started ends with it; and since
 * the terminal's interrupt then does not reach it, signals that would end this program wait until the child is gone. */
#define _GNU_SOURCE                     /* pipe2 is not in POSIX.2008 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "base/os.h"

enum { ERRS = 1 << 16 };                /* bytes of its standard error that are kept, or up to twice as many */
enum { NAP = 100 };                     /* ms after which signals are looked for again */

struct child {
    pid_t pid;
    int in, out, err, ws;               /* ws: as waitpid tells it */
};

/* Why a conversation ended. */
enum end { ENDED, LATE, STOPPED, LARGE };

void ofp_os_hold(sigset_t *held, sigset_t *old)
{
    static const int stops[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };
    struct sigaction now;
    sigemptyset(held);
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++)
        if (!sigaction(stops[i], NULL, &now) && now.sa_handler != SIG_IGN)
            sigaddset(held, stops[i]);
    sigprocmask(SIG_BLOCK, held, old);
}

static bool stop_waits(const sigset_t *held)
{
    sigset_t waiting;
    sigpending(&waiting);
    for (int i = 1; i < NSIG; i++)
        if (sigismember(held, i) == 1 && sigismember(&waiting, i) == 1)
            return true;
    return false;
}

static void close_fd(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

static char **join_env(const char *const *extra)
{
    size_t n = 0, m = 0;
    while (environ[n])
        n++;
    while (extra && extra[m])
        m++;
    char **all = calloc(n + m + 1, sizeof *all);
    for (size_t i = 0; all && i < m; i++)
        all[i] = (char *)(uintptr_t)extra[i];       /* first wins in getenv */
    for (size_t i = 0; all && i < n; i++)
        all[m + i] = environ[i];
    return all;
}

/* It heads its group and takes signals as this program did before it held them. */
static void set_apart(posix_spawnattr_t *at, const sigset_t *mask)
{
    sigset_t pipe_only;
    sigemptyset(&pipe_only);
    sigaddset(&pipe_only, SIGPIPE);
    posix_spawnattr_init(at);
    posix_spawnattr_setpgroup(at, 0);
    posix_spawnattr_setsigmask(at, mask);
    posix_spawnattr_setsigdefault(at, &pipe_only);
    posix_spawnattr_setflags(at, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
}

static bool start(struct child *c, const char *const *argv, const char *const *extra, const sigset_t *mask, ofp_err *e)
{
    int in[2] = { -1, -1 }, out[2] = { -1, -1 }, err[2] = { -1, -1 };
    posix_spawn_file_actions_t fa;
    posix_spawnattr_t at;
    char **all = join_env(extra);
    bool ok = all && !pipe2(in, O_CLOEXEC) && !pipe2(out, O_CLOEXEC) && !pipe2(err, O_CLOEXEC);
    int rc = ok ? 0 : errno;
    posix_spawn_file_actions_init(&fa);
    posix_spawn_file_actions_adddup2(&fa, in[0], 0);
    posix_spawn_file_actions_adddup2(&fa, out[1], 1);
    posix_spawn_file_actions_adddup2(&fa, err[1], 2);
    set_apart(&at, mask);
    if (ok)
        rc = posix_spawnp(&c->pid, argv[0], &fa, &at, (char *const *)(uintptr_t)argv, all);
    posix_spawnattr_destroy(&at);
    posix_spawn_file_actions_destroy(&fa);
    free(all);
    close_fd(&in[0]);
    close_fd(&out[1]);
    close_fd(&err[1]);
    c->in = in[1];
    c->out = out[0];
    c->err = err[0];
    return !rc || ofp_fail(e, OFP_EFILTER, OFP_NOWHERE, "%s: %s", argv[0], strerror(rc));
}

/* Reads what there is; closes at the end of the stream. */
static void pump_out(int *fd, ofp_buf *to)
{
    char piece[1 << 14];
    ssize_t n = read(*fd, piece, sizeof piece);
    if (n > 0)
        ofp_buf_add(to, (ofp_str){ piece, (size_t)n });
    else if (n == 0 || errno != EINTR)
        close_fd(fd);
}

/* Of what is said at length the end tells most. */
static void keep_end(ofp_buf *b)
{
    if (b->n < 2 * ERRS)
        return;
    memmove(b->p, b->p + b->n - ERRS, ERRS);
    b->n = ERRS;
}

static void pump_in(int *fd, ofp_str *in)
{
    ssize_t n = in->n ? write(*fd, in->p, in->n < 4096 ? in->n : 4096) : -1;
    if (n > 0)
        *in = ofp_str_sub(*in, (size_t)n, SIZE_MAX);
    if (!in->n || (n < 0 && errno != EINTR && errno != EAGAIN))
        close_fd(fd);
}

static int64_t clock_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* False while it runs on; without its outputs it is looked at more and more seldom. */
static bool is_gone(struct child *c, int *nap)
{
    if (waitpid(c->pid, &c->ws, WNOHANG))
        return true;
    *nap = *nap < NAP / 2 ? *nap * 2 : NAP;
    return false;
}

/* Feeds and drains the child until it has closed its outputs and ended. */
static enum end converse(struct child *c, ofp_str in, int timeout, size_t max, const sigset_t *held, ofp_buf *out, ofp_buf *errs)
{
    int64_t end = clock_ms() + (int64_t)timeout * 1000;
    size_t from = out->n;
    if (!in.n)
        close_fd(&c->in);
    for (int nap = 1; c->out >= 0 || c->err >= 0 || !is_gone(c, &nap);) {
        struct pollfd p[] = { { c->in, POLLOUT, 0 }, { c->out, POLLIN, 0 }, { c->err, POLLIN, 0 } };
        int64_t left = end - clock_ms(), most = c->out >= 0 || c->err >= 0 ? NAP : nap;
        if (stop_waits(held))
            return STOPPED;
        if (left <= 0 || (poll(p, 3, (int)(left < most ? left : most)) < 0 && errno != EINTR))
            return LATE;
        if (p[0].revents)
            pump_in(&c->in, &in);
        if (p[1].revents)
            pump_out(&c->out, out);
        if (p[2].revents)
            pump_out(&c->err, errs);
        keep_end(errs);
        if (max && out->n - from > max)
            return LARGE;
    }
    return ENDED;
}

static bool tell_end(enum end how, const char *program, int timeout, size_t max, ofp_err *e)
{
    switch (how) {
    case ENDED: return true;
    case LATE: return ofp_fail(e, OFP_EFILTER, OFP_NOWHERE, "%s: no answer within %d second%s", program, timeout, timeout == 1 ? "" : "s");
    case STOPPED: return ofp_fail(e, OFP_EFILTER, OFP_NOWHERE, "%s: stopped by a signal", program);
    case LARGE: return ofp_fail(e, OFP_ELIMIT, OFP_NOWHERE, "%s: its answer is larger than the limit of %zu bytes", program, max);
    }
    return false;
}

static void end_group(struct child *c)
{
    kill(-c->pid, SIGKILL);
    while (waitpid(c->pid, &c->ws, 0) < 0 && errno == EINTR)
        ;
}

bool ofp_os_run(void *user, const char *const *argv, const char *const *env_extra, ofp_str in, int timeout, size_t max,
                ofp_buf *out, ofp_buf *errs, int *status, ofp_err *e)
{
    (void)user;
    struct child c = { 0, -1, -1, -1, 0 };
    struct sigaction ignore = { .sa_handler = SIG_IGN }, old;
    sigset_t held, mask;
    ofp_os_hold(&held, &mask);
    sigaction(SIGPIPE, &ignore, &old);      /* a child that stops reading is no reason to die */
    bool ok = start(&c, argv, env_extra, &mask, e);
    enum end how = ok ? converse(&c, in, timeout, max, &held, out, errs) : ENDED;
    if (how != ENDED) {
        end_group(&c);
        ok = tell_end(how, argv[0], timeout, max, e);
    }
    close_fd(&c.in);
    close_fd(&c.out);
    close_fd(&c.err);
    sigaction(SIGPIPE, &old, NULL);
    *status = c.pid <= 0 ? -1 : WIFEXITED(c.ws) ? WEXITSTATUS(c.ws) : 128 + WTERMSIG(c.ws);
    sigprocmask(SIG_SETMASK, &mask, NULL);  /* a signal that waits takes effect here */
    return ok;
}
