/* Laid before the C library: every sync waits a while first, now and then for long, and leaves a byte in LOG. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static void wait_a_while(void) {
    long ms = rand() % 10 ? rand() % 40 : 600;
    struct timespec pause = {ms / 1000, (ms % 1000) * 1000000L};
    nanosleep(&pause, NULL);
    int log = open(LOG, O_WRONLY | O_APPEND | O_CREAT, 0666);
    if (log >= 0) {
        ssize_t written = write(log, ".", 1);
        (void)written;
        close(log);
    }
}

int fsync(int fd) {
    static int (*real)(int);
    if (!real) *(void **)&real = dlsym(RTLD_NEXT, "fsync");
    wait_a_while();
    return real(fd);
}

int fdatasync(int fd) {
    static int (*real)(int);
    if (!real) *(void **)&real = dlsym(RTLD_NEXT, "fdatasync");
    wait_a_while();
    return real(fd);
}
