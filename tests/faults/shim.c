/* Preloaded into the fault server: counts the calls that touch one folder, and kills this process before
 * or after the n-th of them, or makes it fail. Nothing happens until `faults_arm`. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

enum mode { OFF, TRACE, KILL_BEFORE, KILL_AFTER, FAIL, FILL };

static enum mode mode = OFF;
static long target, seen;
static int failure, sticky, log_fd, dying;
static char folder[4096], calls[512];
static pid_t owner;

void faults_arm(int new_mode, long n, int new_failure, int new_sticky, const char *new_calls,
                const char *new_folder, int new_log_fd)
{
    target = n;
    seen = 0;
    failure = new_failure;
    sticky = new_sticky;
    log_fd = new_log_fd;
    dying = 0;
    snprintf(calls, sizeof calls, "%s", new_calls); /* ",name,name," or "" for all */
    snprintf(folder, sizeof folder, "%s", new_folder);
    owner = getpid();
    mode = new_mode;
}

void faults_disarm(void) { mode = OFF; }

static int in_folder(const char *path)
{
    size_t length = strlen(folder);
    if (!path || path[0] != '/')
        return path != NULL;
    return strncmp(path, folder, length) == 0 && (path[length] == '/' || !path[length]);
}

static const char *path_of(int fd)
{
    static char path[4096];
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    long length = syscall(SYS_readlinkat, AT_FDCWD, link, path, sizeof path - 1);
    path[length > 0 ? length : 0] = 0;
    return length > 0 && path[0] == '/' ? path : NULL;
}

static int wanted(const char *call)
{
    char name[64];
    snprintf(name, sizeof name, ",%s,", call);
    return !calls[0] || strstr(calls, name) != NULL;
}

static void note(const char *call, const char *path)
{
    char line[4300];
    int length = snprintf(line, sizeof line, "call\t%s %s\n", call, path);
    syscall(SYS_write, log_fd, line, length);
}

static void die(void)
{
    syscall(SYS_kill, owner, SIGKILL);
    for (;;)
        pause();
}

static int active(const char *path) { return mode != OFF && owner == getpid() && in_folder(path); }

/* Whether the call must fail (errno is then set). */
static int strikes(const char *call, const char *path)
{
    if (!active(path) || mode == FILL || !wanted(call))
        return 0;
    ++seen;
    if (mode == TRACE)
        note(call, path);
    else if (seen == target || (sticky && seen > target)) {
        note(call, path);
        if (mode == KILL_BEFORE)
            die();
        dying = mode == KILL_AFTER;
        errno = failure;
        return mode == FAIL;
    }
    return 0;
}

/* How much of a write fits on the full disk; -1 (and errno) when nothing does. */
static ssize_t room(const char *call, const char *path, size_t count)
{
    if (mode != FILL || !active(path))
        return (ssize_t)count;
    long left = target - seen;
    if (left <= 0 && count) {
        note(call, path);
        errno = ENOSPC;
        return -1;
    }
    if ((long)count > left)
        count = (size_t)left;
    seen += (long)count;
    return (ssize_t)count;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define FINISH(type, expression)                                                                             \
    type result = (expression);                                                                              \
    if (dying)                                                                                               \
        die();                                                                                               \
    return result

#define FD_CALL(function, label, parameters, arguments)                                                      \
    int function parameters                                                                                  \
    {                                                                                                        \
        if (mode != OFF && strikes(label, path_of(fd)))                                                      \
            return -1;                                                                                       \
        FINISH(int, REAL(function) arguments);                                                               \
    }
#define PATH_CALL(function, label, parameters, arguments)                                                    \
    int function parameters                                                                                  \
    {                                                                                                        \
        if (strikes(label, path))                                                                            \
            return -1;                                                                                       \
        FINISH(int, REAL(function) arguments);                                                               \
    }
#define OPEN_CALL(function, parameters, arguments)                                                           \
    int function parameters                                                                                  \
    {                                                                                                        \
        mode_t permissions = 0;                                                                              \
        if (flags & (O_CREAT | O_TMPFILE)) {                                                                 \
            va_list rest;                                                                                    \
            va_start(rest, flags);                                                                           \
            permissions = va_arg(rest, mode_t);                                                              \
            va_end(rest);                                                                                    \
        }                                                                                                    \
        const char *label = flags & O_CREAT ? "create" : flags & O_ACCMODE ? "open" : "open-read";           \
        if (strikes(label, path))                                                                            \
            return -1;                                                                                       \
        FINISH(int, REAL(function) arguments);                                                               \
    }
#define WRITE_CALL(function, label, parameters, arguments)                                                   \
    ssize_t function parameters                                                                              \
    {                                                                                                        \
        if (mode != OFF) {                                                                                   \
            const char *path = path_of(fd);                                                                  \
            ssize_t fitting = room(label, path, count);                                                      \
            if (fitting < 0 || strikes(label, path))                                                         \
                return -1;                                                                                   \
            count = (size_t)fitting;                                                                         \
        }                                                                                                    \
        FINISH(ssize_t, REAL(function) arguments);                                                           \
    }

OPEN_CALL(open, (const char *path, int flags, ...), (path, flags, permissions))
OPEN_CALL(open64, (const char *path, int flags, ...), (path, flags, permissions))
OPEN_CALL(openat, (int at, const char *path, int flags, ...), (at, path, flags, permissions))
OPEN_CALL(openat64, (int at, const char *path, int flags, ...), (at, path, flags, permissions))
WRITE_CALL(write, "write", (int fd, const void *data, size_t count), (fd, data, count))
WRITE_CALL(pwrite, "pwrite", (int fd, const void *data, size_t count, off_t at), (fd, data, count, at))
WRITE_CALL(pwrite64, "pwrite", (int fd, const void *data, size_t count, off64_t at), (fd, data, count, at))
FD_CALL(close, "close", (int fd), (fd))
FD_CALL(fsync, "fsync", (int fd), (fd))
FD_CALL(fdatasync, "fdatasync", (int fd), (fd))
FD_CALL(flock, "flock", (int fd, int how), (fd, how))
FD_CALL(fchmod, "fchmod", (int fd, mode_t permissions), (fd, permissions))
FD_CALL(fchown, "fchown", (int fd, uid_t user, gid_t group), (fd, user, group))
FD_CALL(ftruncate, "ftruncate", (int fd, off_t length), (fd, length))
FD_CALL(ftruncate64, "ftruncate", (int fd, off64_t length), (fd, length))
PATH_CALL(truncate, "truncate", (const char *path, off_t length), (path, length))
PATH_CALL(truncate64, "truncate", (const char *path, off64_t length), (path, length))
PATH_CALL(unlink, "unlink", (const char *path), (path))
PATH_CALL(unlinkat, "unlink", (int at, const char *path, int flags), (at, path, flags))
PATH_CALL(mkdir, "mkdir", (const char *path, mode_t permissions), (path, permissions))
PATH_CALL(rename, "rename", (const char *old, const char *path), (old, path))
PATH_CALL(renameat, "rename", (int from, const char *old, int to, const char *path), (from, old, to, path))
PATH_CALL(link, "link", (const char *old, const char *path), (old, path))
PATH_CALL(linkat, "link", (int from, const char *old, int to, const char *path, int flags),
          (from, old, to, path, flags))
PATH_CALL(symlink, "symlink", (const char *content, const char *path), (content, path))
