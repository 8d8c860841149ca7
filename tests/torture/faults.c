/* Makes the n-th thing a process asks of the disk below one folder fail, or be the last it asks.

   Loaded by LD_PRELOAD. Counted are writes, flushes, truncations, renames, removals, new folders, and openings for
   writing. Of a power cut nothing is left but what was flushed: each write keeps what it overwrote until its file is
   flushed, and the cut puts that back. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { NOTHING, ONCE, LASTING, DIE, TORN, POWER_CUT };

struct kept { int fd; dev_t dev; ino_t ino; off_t size, offset; size_t length; struct kept *before; char bytes[]; };

static char folder[4096];
static int kind, number, asked_for, struck;
static long calls, at;
static struct kept *unflushed;
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;

#define REAL(name) ((__typeof__(&name)) dlsym(RTLD_NEXT, #name))

void faults_arm(const char *under, int what, int error, long call) {
    snprintf(folder, sizeof folder, "%s", under);
    kind = what; number = error; at = call; calls = 0; struck = 0; asked_for = 1;
}
void faults_disarm(void) { asked_for = 0; }
long faults_calls(void) { return calls; }
int faults_struck(void) { return struck; }

static int is_below(const char *path) {
    size_t length = strlen(folder);
    return asked_for && path && !strncmp(path, folder, length) && (path[length] == '/' || !path[length]);
}

static int is_open_below(int fd) {
    char link[64], path[4096];
    if (!asked_for) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return is_below(path);
}

static void put_back(void) {
    for (struct kept *one = unflushed; one; one = one->before) {
        if (one->length) REAL(pwrite64)(one->fd, one->bytes, one->length, one->offset);
        REAL(ftruncate64)(one->fd, one->size);
    }
}

/* Whether the call that is made now has to fail; does not return where it is the last one. */
static int fails(void) {
    pthread_mutex_lock(&turn);
    long call = ++calls;
    pthread_mutex_unlock(&turn);
    if (kind == NOTHING || call < at || (kind != LASTING && call > at)) return 0;
    struck = 1;
    if (kind == POWER_CUT) put_back();
    if (kind == DIE || kind == POWER_CUT) kill(getpid(), SIGKILL);
    if (kind == TORN) return 1;
    errno = number;
    return 1;
}

static void keep(int fd, off_t offset, size_t length) {
    struct stat status;
    if (kind != POWER_CUT || fstat(fd, &status)) return;
    size_t old = offset < status.st_size ? (size_t)(status.st_size - offset) : 0;
    if (old > length) old = length;
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    struct kept *one = malloc(sizeof *one + old);
    one->fd = REAL(open64)(path, O_RDWR | O_CLOEXEC);
    one->dev = status.st_dev; one->ino = status.st_ino; one->size = status.st_size; one->offset = offset;
    one->length = old && pread64(one->fd, one->bytes, old, offset) == (ssize_t)old ? old : 0;
    pthread_mutex_lock(&turn);
    one->before = unflushed;
    unflushed = one;
    pthread_mutex_unlock(&turn);
}

static void forget(int fd) {
    struct stat status;
    if (kind != POWER_CUT || fstat(fd, &status)) return;
    pthread_mutex_lock(&turn);
    for (struct kept **place = &unflushed; *place;) {
        struct kept *one = *place;
        if (one->ino == status.st_ino && one->dev == status.st_dev) {
            *place = one->before;
            close(one->fd);
            free(one);
        } else place = &one->before;
    }
    pthread_mutex_unlock(&turn);
}

#define TORN_BY(half) do { if (kind == TORN) { half; kill(getpid(), SIGKILL); } return -1; } while (0)

ssize_t write(int fd, const void *bytes, size_t length) {
    if (is_open_below(fd)) {
        if (fails()) TORN_BY(REAL(write)(fd, bytes, length / 2));
        off_t end = lseek(fd, 0, SEEK_CUR);
        keep(fd, fcntl(fd, F_GETFL) & O_APPEND ? lseek(fd, 0, SEEK_END) : end, length);
    }
    return REAL(write)(fd, bytes, length);
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off_t offset) {
    if (is_open_below(fd)) {
        if (fails()) TORN_BY(REAL(pwrite64)(fd, bytes, length / 2, offset));
        keep(fd, offset, length);
    }
    return REAL(pwrite64)(fd, bytes, length, offset);
}
ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset) { return pwrite64(fd, bytes, length, offset); }

#define FLUSH(name) int name(int fd) { \
    if (is_open_below(fd)) { if (fails()) TORN_BY((void)0); int done = REAL(name)(fd); forget(fd); return done; } \
    return REAL(name)(fd); }
FLUSH(fsync)
FLUSH(fdatasync)

int ftruncate64(int fd, off_t length) {
    if (is_open_below(fd)) {
        if (fails()) TORN_BY((void)0);
        struct stat status;
        if (!fstat(fd, &status)) keep(fd, length, status.st_size > length ? (size_t)(status.st_size - length) : 0);
    }
    return REAL(ftruncate64)(fd, length);
}
int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

#define ON_PATH(name, parameters, path, arguments) int name parameters { \
    if (is_below(path) && fails()) TORN_BY((void)0); \
    return REAL(name) arguments; }
ON_PATH(rename, (const char *from, const char *to), to, (from, to))
ON_PATH(renameat, (int a, const char *from, int b, const char *to), to, (a, from, b, to))
ON_PATH(unlink, (const char *path), path, (path))
ON_PATH(unlinkat, (int at_, const char *path, int flags), path, (at_, path, flags))
ON_PATH(mkdir, (const char *path, mode_t mode), path, (path, mode))
ON_PATH(mkdirat, (int at_, const char *path, mode_t mode), path, (at_, path, mode))

#define MODE_OF(flags) mode_t mode = 0; \
    if ((flags) & (O_CREAT | __O_TMPFILE)) { va_list list; va_start(list, flags); mode = va_arg(list, mode_t); va_end(list); }
#define WRITES(flags) ((flags) & (O_CREAT | O_WRONLY | O_RDWR))

#define OPENING(name) int name(const char *path, int flags, ...) { \
    MODE_OF(flags) \
    if (is_below(path) && WRITES(flags) && fails()) TORN_BY((void)0); \
    return REAL(name)(path, flags, mode); }
OPENING(open)
OPENING(open64)

#define OPENING_AT(name) int name(int where, const char *path, int flags, ...) { \
    MODE_OF(flags) \
    if (is_below(path) && WRITES(flags) && fails()) TORN_BY((void)0); \
    return REAL(name)(where, path, flags, mode); }
OPENING_AT(openat)
OPENING_AT(openat64)
