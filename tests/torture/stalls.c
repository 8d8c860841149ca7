/* A drive that stops answering: whatever a process asks of one folder waits for as long as a file stands.

   Loaded by LD_PRELOAD. RECOLLECT_STALLS names the folder, RECOLLECT_STALLED the file. A call that waits cannot be
   interrupted by a signal, as with a network drive whose server is gone. */

#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name)) dlsym(RTLD_NEXT, #name))

static void wait_below(const char *path) {
    const char *folder = getenv("RECOLLECT_STALLS"), *stands = getenv("RECOLLECT_STALLED");
    if (!folder || !stands || !path) return;
    size_t length = strlen(folder);
    if (strncmp(path, folder, length) || (path[length] != '/' && path[length])) return;
    struct timespec moment = {0, 20 * 1000 * 1000};
    while (REAL(access)(stands, F_OK) == 0) nanosleep(&moment, NULL);
}

#define MODE_OF(flags) mode_t mode = 0; \
    if ((flags) & (O_CREAT | __O_TMPFILE)) { va_list list; va_start(list, flags); mode = va_arg(list, mode_t); va_end(list); }

#define OPENING(name) int name(const char *path, int flags, ...) { \
    MODE_OF(flags) wait_below(path); return REAL(name)(path, flags, mode); }
OPENING(open)
OPENING(open64)

#define OPENING_AT(name) int name(int where, const char *path, int flags, ...) { \
    MODE_OF(flags) wait_below(path); return REAL(name)(where, path, flags, mode); }
OPENING_AT(openat)
OPENING_AT(openat64)

#define ON_PATH(type, name, parameters, arguments) type name parameters { \
    wait_below(path); return REAL(name) arguments; }
ON_PATH(int, stat, (const char *path, struct stat *to), (path, to))
ON_PATH(int, lstat, (const char *path, struct stat *to), (path, to))
ON_PATH(int, stat64, (const char *path, struct stat64 *to), (path, to))
ON_PATH(int, lstat64, (const char *path, struct stat64 *to), (path, to))
ON_PATH(int, fstatat, (int at, const char *path, struct stat *to, int flags), (at, path, to, flags))
ON_PATH(int, fstatat64, (int at, const char *path, struct stat64 *to, int flags), (at, path, to, flags))
ON_PATH(int, access, (const char *path, int how), (path, how))
ON_PATH(DIR *, opendir, (const char *path), (path))
ON_PATH(ssize_t, readlink, (const char *path, char *to, size_t size), (path, to, size))
