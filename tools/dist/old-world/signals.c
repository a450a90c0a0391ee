/* Signals on the LoongArch kernels of Kylin V10, UOS V20 and Loongnix 20.
 *
 * Sets of signals have 16 bytes there and 8 on all later kernels, and each kernel refuses the other size. Rust's runtime ends
 * the program if it cannot set what SIGPIPE does. These functions stand in for those of musl, which know 8 bytes alone: what
 * is refused so is asked for again with 16.
 */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

struct kernel_action {
    void (*handler)(int);
    unsigned long flags;
    unsigned long mask[2];
};

/* musl's own. */
int __sigaction(int number, const struct sigaction *restrict new, struct sigaction *restrict old);

int sigaction(int number, const struct sigaction *restrict new, struct sigaction *restrict old)
{
    struct kernel_action next = {0}, last;
    int result = __sigaction(number, new, old);

    /* musl refuses the three that it uses itself, whatever the kernel. */
    if (result == 0 || errno != EINVAL || (number >= 32 && number <= 34))
        return result;
    if (new) {
        next.handler = new->sa_handler;
        next.flags = (unsigned long)new->sa_flags;
        memcpy(next.mask, &new->sa_mask, sizeof next.mask);
    }
    result = (int)syscall(SYS_rt_sigaction, number, new ? &next : NULL, old ? &last : NULL, sizeof next.mask);
    if (result == 0 && old) {
        memset(old, 0, sizeof *old);
        old->sa_handler = last.handler;
        old->sa_flags = (int)last.flags;
        memcpy(&old->sa_mask, last.mask, sizeof last.mask);
    }
    return result;
}

void (*signal(int number, void (*handler)(int)))(int)
{
    struct sigaction new = {.sa_handler = handler, .sa_flags = SA_RESTART}, old;

    return sigaction(number, &new, &old) == 0 ? old.sa_handler : SIG_ERR;
}

int pthread_sigmask(int how, const sigset_t *restrict new, sigset_t *restrict old)
{
    int before = errno, result = 0;

    if (syscall(SYS_rt_sigprocmask, how, new, old, 8) != 0) {
        result = errno;
        if (result == EINVAL)
            result = syscall(SYS_rt_sigprocmask, how, new, old, 16) == 0 ? 0 : errno;
    }
    errno = before;
    /* As in musl, its own three are not shown. */
    if (result == 0 && old)
        old->__bits[0] &= ~(7UL << 31);
    return result;
}
