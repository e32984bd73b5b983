using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using SecurityToolchain.Runtime.Interop;
using static SecurityToolchain.Runtime.Interop.LibcIsolation;

namespace SecurityToolchain.Runtime.Isolation;

/// <summary>
/// Installs a kernel filter on all threads that refuses what a parser never needs: starting programs, sockets, tracing, mounts, modules,
/// keys, io_uring and new processes. Threads may still be made.
/// </summary>
/// <remarks>
/// Deviation from a list of allowed calls: a small .NET program uses 57 different calls, and which ones changes with every servicing
/// release of the runtime and the C library; a call that is missing from the list kills the process at the next update. What is refused
/// here is refused for good on every version.
/// </remarks>
[SupportedOSPlatform("linux")]
internal static class SystemCallFilter
{
    private const ushort Load = 0x20;
    private const ushort JumpEqual = 0x15;
    private const ushort JumpGreaterOrEqual = 0x35;
    private const ushort JumpAnyBit = 0x45;
    private const ushort Return = 0x06;
    private const uint NumberOffset = 0;
    private const uint ArchitectureOffset = 4;
    private const uint FirstArgumentOffset = 16;
    private const uint Allow = 0x7FFF0000;
    private const uint KillProcess = 0x80000000;
    private const uint FailWith = 0x00050000;
    private const uint NotPermitted = 1;
    private const uint NoSystemCall = 38;
    private const uint CloneThread = 0x00010000;
    private const uint X32Calls = 0x40000000;
    private const uint Clone3 = 435;

    /// <summary>Calls that have the same number everywhere: io_uring, new mount interface, other processes' files.</summary>
    private static readonly uint[] s_common = [425, 426, 427, 428, 429, 430, 432, 438, 442];

    /// <summary>
    /// x86-64: execve execveat fork vfork, ptrace process_vm_readv process_vm_writev, socket connect accept bind listen socketpair accept4, bpf
    /// perf_event_open userfaultfd, mount umount2 pivot_root chroot unshare setns, modules, kexec, swap, reboot, keys, file handles.
    /// </summary>
    private static readonly uint[] s_x64 =
    [
        59, 322, 57, 58, 101, 310, 311, 41, 42, 43, 49, 50, 53, 288, 321, 298, 323, 165, 166, 155, 161, 272, 308, 175, 313, 176, 246, 320, 167, 168, 169,
        248, 249, 250, 303, 304,
    ];

    /// <summary>The same on ARM64, which has no fork and vfork.</summary>
    private static readonly uint[] s_arm64 =
    [
        221, 281, 117, 270, 271, 198, 203, 202, 200, 201, 199, 242, 280, 241, 282, 40, 39, 41, 51, 97, 268, 105, 273, 106, 104, 294, 224, 225, 142,
        217, 218, 219, 264, 265,
    ];

    public static unsafe void Apply(bool kill, List<string> inForce, List<string> missing)
    {
        if (RuntimeInformation.ProcessArchitecture is not (Architecture.X64 or Architecture.Arm64))
        {
            missing.Add($"system call filter: not known for {RuntimeInformation.ProcessArchitecture}");
            return;
        }

        bool x64 = RuntimeInformation.ProcessArchitecture == Architecture.X64;
        FilterInstruction[] instructions = Build(x64, kill ? KillProcess : FailWith | NotPermitted);
        fixed (FilterInstruction* first = instructions)
        {
            var program = new FilterProgram { Length = (ushort)instructions.Length, Instructions = first };
            nint result = SystemCallSeccomp(x64 ? 317 : 277, SeccompSetModeFilter, SeccompSynchronizeThreads, &program);
            // A positive result is the number of a thread that has another filter, which then has none of this one.
            if (result == 0)
                inForce.Add("system call filter");
            else
                missing.Add(Error.Invariant($"system call filter: error {(result > 0 ? (int)result : Marshal.GetLastPInvokeError())}"));
        }
    }

    internal static FilterInstruction[] Build(bool x64, uint refuse)
    {
        const uint ArchitectureX64 = 0xC000003E;
        const uint ArchitectureArm64 = 0xC00000B7;
        var program = new List<FilterInstruction>
        {
            // Another architecture's numbers mean other calls.
            new(Load, 0, 0, ArchitectureOffset),
            new(JumpEqual, 1, 0, x64 ? ArchitectureX64 : ArchitectureArm64),
            new(Return, 0, 0, KillProcess),
            new(Load, 0, 0, NumberOffset),
        };
        if (x64)
        {
            program.Add(new(JumpGreaterOrEqual, 0, 1, X32Calls));
            program.Add(new(Return, 0, 0, KillProcess));
        }

        foreach (uint call in (uint[])[.. x64 ? s_x64 : s_arm64, .. s_common])
        {
            program.Add(new(JumpEqual, 0, 1, call));
            program.Add(new(Return, 0, 0, refuse));
        }

        // clone3 hides its flags behind a pointer; the C library falls back to clone if it is not there.
        program.Add(new(JumpEqual, 0, 1, Clone3));
        program.Add(new(Return, 0, 0, FailWith | NoSystemCall));
        // clone makes threads with this flag and processes without.
        program.Add(new(JumpEqual, 0, 3, x64 ? 56u : 220u));
        program.Add(new(Load, 0, 0, FirstArgumentOffset));
        program.Add(new(JumpAnyBit, 1, 0, CloneThread));
        program.Add(new(Return, 0, 0, refuse));
        program.Add(new(Return, 0, 0, Allow));
        return [.. program];
    }
}
