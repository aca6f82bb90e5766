#!/usr/bin/perl
# SPDX-License-Identifier: AGPL-3.0-or-later
# Runs a program that decodes what strangers send: no network, no new processes, no file that grows.
#
#   perl sandbox.pl PROGRAM ARGUMENT…
#
# Perl, because perl-base is on every Debian and Ubuntu and can make system calls: no compiler, no privilege needed.
# Leaves with 78 where the kernel or the processor does not allow it; whoever calls must then not decode at all.
use strict;
use warnings;
use Config;

use constant { EX_CONFIG => 78 };

sub refuse { print STDERR "sandbox: $_[0]\n"; exit EX_CONFIG; }

# System call numbers below are those of x86_64 and mean something else everywhere else.
refuse("no table of system calls for $Config{archname}") unless $Config{archname} =~ /^x86_64-linux/;
refuse('no program given') unless @ARGV;

# What ffmpeg needs to read its standard input, open its libraries and mask files, and write its standard output.
# Missing on purpose: socket, connect, bind, sendto, fork, vfork, kill, ptrace, mount, unlink, rename, chmod, io_uring_*.
my %allowed = (
  # reading and writing what is open
  read => 0, write => 1, close => 3, lseek => 8, pread64 => 17, readv => 19, writev => 20, ioctl => 16, fcntl => 72,
  poll => 7, ppoll => 271, select => 23, pselect6 => 270, pipe2 => 293, eventfd2 => 290,
  # finding and opening files (RLIMIT_FSIZE keeps every one of them at its length)
  open => 2, openat => 257, stat => 4, fstat => 5, lstat => 6, newfstatat => 262, statx => 332, statfs => 137,
  access => 21, faccessat2 => 439, readlink => 89, getcwd => 79, getdents64 => 217,
  # memory
  mmap => 9, mprotect => 10, munmap => 11, brk => 12, mremap => 25, madvise => 28, mlock => 149, munlock => 150,
  set_mempolicy => 238, get_mempolicy => 239,
  # threads of its own (clone is checked below: never a new process)
  clone => 56, clone3 => 435, futex => 202, set_robust_list => 273, set_tid_address => 218, gettid => 186, rseq => 334,
  sched_yield => 24, sched_getaffinity => 204, sched_setaffinity => 203,
  # signals to itself, time, facts about itself, the end
  rt_sigaction => 13, rt_sigprocmask => 14, rt_sigreturn => 15, sigaltstack => 131, tgkill => 234,
  nanosleep => 35, clock_nanosleep => 230, clock_gettime => 228, getrandom => 318,
  getpid => 39, getuid => 102, getgid => 104, geteuid => 107, getegid => 108, getrusage => 98, uname => 63, sysinfo => 99,
  prctl => 157, arch_prctl => 158, prlimit64 => 302, exit => 60, exit_group => 231,
  # this script still has to become the program
  execve => 59,
);

# One classic BPF instruction: code, jump if true, jump if false, operand.
sub instruction { return pack 'SCCL', @_; }
use constant { LOAD => 0x20, JUMP_EQUAL => 0x15, JUMP_ABOVE => 0x35, JUMP_SET => 0x45, RETURN => 0x06 };
use constant { KILL => 0x80000000, ALLOW => 0x7fff0000, NOSYS => 0x00050026, DENY => 0x00050001 };
use constant { AUDIT_ARCH_X86_64 => 0xC000003E, X32_BIT => 0x40000000, CLONE_THREAD => 0x00010000 };
# Offsets in struct seccomp_data.
use constant { AT_NUMBER => 0, AT_ARCH => 4, AT_FIRST_ARGUMENT => 16 };

my $filter = instruction(LOAD, 0, 0, AT_ARCH)
  . instruction(JUMP_EQUAL, 1, 0, AUDIT_ARCH_X86_64) . instruction(RETURN, 0, 0, KILL)
  . instruction(LOAD, 0, 0, AT_NUMBER)
  . instruction(JUMP_ABOVE, 0, 1, X32_BIT) . instruction(RETURN, 0, 0, KILL);

# clone3 hides its flags behind a pointer that a filter cannot follow: "not implemented" makes libc fall back to clone,
# whose flags can be seen: a thread may be made, a process may not.
$filter .= instruction(JUMP_EQUAL, 0, 1, $allowed{clone3}) . instruction(RETURN, 0, 0, NOSYS);
$filter .= instruction(JUMP_EQUAL, 0, 4, $allowed{clone})
  . instruction(LOAD, 0, 0, AT_FIRST_ARGUMENT)
  . instruction(JUMP_SET, 0, 1, CLONE_THREAD) . instruction(RETURN, 0, 0, ALLOW)
  . instruction(RETURN, 0, 0, DENY);
for my $name (sort keys %allowed) {
  next if $name eq 'clone' or $name eq 'clone3';
  $filter .= instruction(JUMP_EQUAL, 0, 1, $allowed{$name}) . instruction(RETURN, 0, 0, ALLOW);
}
$filter .= instruction(RETURN, 0, 0, KILL);
my $program = pack 'S x6 P', length($filter) / 8, $filter;

sub limit {
  my ($resource, $value) = @_;
  my $both = pack 'QQ', $value, $value;
  syscall(160, $resource, $both) == 0 or refuse("could not set limit $resource: $!");
}
limit(4, 0);          # core: a dump would put raw frames on a disk
limit(1, 0);          # file size: nothing can be written but to pipes
limit(7, 64);         # open files
limit(9, 2 << 30);    # address space: 2 GiB, then the decoder fails instead of the machine

syscall(157, 1, 9, 0, 0, 0) == 0 or refuse("could not tie it to its parent's life: $!");     # PR_SET_PDEATHSIG, SIGKILL
syscall(157, 38, 1, 0, 0, 0) == 0 or refuse("could not give up new privileges: $!");         # PR_SET_NO_NEW_PRIVS
syscall(157, 22, 2, $program, 0, 0) == 0 or refuse("the kernel takes no seccomp filter: $!"); # PR_SET_SECCOMP, FILTER

exec { $ARGV[0] } @ARGV or refuse("could not run $ARGV[0]: $!");
