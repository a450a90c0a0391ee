/* Tries signals.c on a kernel that takes sets of signals of 16 bytes alone, as far as a C library can pretend to be one: these
 * functions stand in for those of musl that ask the kernel. Ends with the number of the line that does not hold.
 */
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define HOLDS(condition) do { if (!(condition)) _exit(__LINE__); } while (0)

volatile int __eintr_valid_flag;

void __get_handler_set(sigset_t *set) { memset(set, 0, sizeof *set); }

int __libc_sigaction(int number, const struct sigaction *restrict new, struct sigaction *restrict old)
{
    (void)number, (void)new, (void)old;
    errno = EINVAL;
    return -1;
}

int __sigaction(int number, const struct sigaction *restrict new, struct sigaction *restrict old)
{
    return __libc_sigaction(number, new, old);
}

static long ask(long number, long a, long b, long c, long d)
{
    register long a7 __asm__("a7") = number, a0 __asm__("a0") = a, a1 __asm__("a1") = b, a2 __asm__("a2") = c,
                  a3 __asm__("a3") = d;
    __asm__ volatile("syscall 0" : "+r"(a0) : "r"(a7), "r"(a1), "r"(a2), "r"(a3)
                     : "$t0", "$t1", "$t2", "$t3", "$t4", "$t5", "$t6", "$t7", "$t8", "memory");
    return a0;
}

long syscall(long number, ...)
{
    va_list arguments;
    va_start(arguments, number);
    long a = va_arg(arguments, long), b = va_arg(arguments, long), c = va_arg(arguments, long),
         size = va_arg(arguments, long);
    va_end(arguments);
    long result = size == 16 ? ask(number, a, b, c, 8) : -EINVAL;
    if (result >= 0)
        return result;
    errno = (int)-result;
    return -1;
}

static volatile int caught;

static void handler(int number) { caught = number; }

int main(void)
{
    struct sigaction new = {.sa_handler = handler, .sa_flags = SA_RESTART}, old;
    sigset_t blocked, before;

    sigaddset(&new.sa_mask, SIGTERM);
    HOLDS(sigaction(SIGUSR1, &new, NULL) == 0);
    raise(SIGUSR1);
    HOLDS(caught == SIGUSR1);
    HOLDS(sigaction(SIGUSR1, NULL, &old) == 0 && old.sa_handler == handler && old.sa_flags == SA_RESTART);
    HOLDS(sigismember(&old.sa_mask, SIGTERM) && !sigismember(&old.sa_mask, SIGINT));
    HOLDS(signal(SIGPIPE, SIG_IGN) == SIG_DFL && signal(SIGPIPE, SIG_DFL) == SIG_IGN);
    HOLDS(sigaction(999, &new, NULL) == -1 && errno == EINVAL);
    HOLDS(sigaction(33, &new, NULL) == -1 && signal(SIGKILL, SIG_IGN) == SIG_ERR);

    errno = 0;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGUSR2);
    HOLDS(sigaction(SIGUSR2, &new, NULL) == 0);
    HOLDS(pthread_sigmask(SIG_BLOCK, &blocked, &before) == 0 && !sigismember(&before, SIGUSR2));
    raise(SIGUSR2);
    HOLDS(caught == SIGUSR1);
    HOLDS(pthread_sigmask(SIG_SETMASK, &before, NULL) == 0 && caught == SIGUSR2);
    HOLDS(pthread_sigmask(-1, &blocked, NULL) == EINVAL);
    return 0;
}
