using System.Runtime.InteropServices;

namespace SecurityToolchain.MsBuildTasks.Stamps;

/// <summary>The fields of <c>struct statx</c> that stamps need. The layout is the same on every architecture. Reference: statx(2).</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct StatxBuffer
{
    public const int CurrentFolder = -100;
    public const uint BasicStats = 0x7ff;
    public const int NoSuchEntry = 2;
    public const int NotAFolder = 20;

    [FieldOffset(32)]
    public ulong Inode;

    [FieldOffset(40)]
    public ulong Size;

    [FieldOffset(96)]
    public long ChangedSeconds;

    [FieldOffset(104)]
    public uint ChangedNanoseconds;

    [FieldOffset(112)]
    public long ModifiedSeconds;

    [FieldOffset(120)]
    public uint ModifiedNanoseconds;
}
