/* Loaded before everything else: makes the n-th allocation (FAIL_ALLOC) or the n-th write (FAIL_WRITE) of a process
 * fail, and with FAIL_COUNT=FILE appends how many of each there were. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

extern void *__libc_malloc(size_t), *__libc_calloc(size_t, size_t), *__libc_realloc(void *, size_t);

static long allocs, writes, fail_alloc, fail_write;

static long number(const char *name)
{
    const char *v = getenv(name);
    return v ? atol(v) : 0;
}

__attribute__((constructor)) static void begin(void)
{
    fail_alloc = number("FAIL_ALLOC");
    fail_write = number("FAIL_WRITE");
    allocs = writes = 0;
}

__attribute__((destructor)) static void end(void)
{
    const char *file = getenv("FAIL_COUNT");
    char line[64];
    int fd = file ? open(file, O_WRONLY | O_CREAT | O_APPEND, 0666) : -1;
    if (fd < 0)
        return;
    int n = snprintf(line, sizeof line, "%ld %ld\n", allocs, writes);
    fail_write = 0;
    if (write(fd, line, (size_t)n) != n)
        _exit(126);
    close(fd);
}

/* GLib, which HarfBuzz brings along, aborts or hangs when its own set-up gets no memory: not ours to mend. */
static int is_foreign(const void *caller)
{
    Dl_info info;
    return dladdr(caller, &info) && info.dli_fname && strstr(info.dli_fname, "libglib");
}

static int fails(const void *caller)
{
    if (__atomic_add_fetch(&allocs, 1, __ATOMIC_RELAXED) != fail_alloc || is_foreign(caller))
        return 0;
    errno = ENOMEM;
    return 1;
}

void *malloc(size_t n) { return fails(__builtin_return_address(0)) ? NULL : __libc_malloc(n); }
void *calloc(size_t n, size_t m) { return fails(__builtin_return_address(0)) ? NULL : __libc_calloc(n, m); }
void *realloc(void *p, size_t n) { return fails(__builtin_return_address(0)) ? NULL : __libc_realloc(p, n); }

ssize_t write(int fd, const void *p, size_t n)
{
    static ssize_t (*real)(int, const void *, size_t);
    if (!real)
        *(void **)&real = dlsym(RTLD_NEXT, "write");
    if (fd > 2 || fd == 1)
        if (++writes == fail_write) {
            errno = ENOSPC;
            return -1;
        }
    return real(fd, p, n);
}
