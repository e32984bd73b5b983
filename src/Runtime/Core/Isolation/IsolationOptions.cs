namespace SecurityToolchain.Runtime.Isolation;

/// <summary>What a process gives up. Checked when it is applied. <see langword="null"/> leaves a thing as it is.</summary>
public sealed class IsolationOptions
{
    /// <summary>User to become, never 0. Only a process of root can change it. Default <see langword="null"/>; 65534 is "nobody".</summary>
    public int? UserId { get; init; }

    /// <summary>Group to become, never 0; all other groups are given up. Needed with <see cref="UserId"/>.</summary>
    public int? GroupId { get; init; }

    /// <summary>Processor time in seconds, after which the kernel ends the process: 1 to 1,000,000. Default 300.</summary>
    public int? MaxCpuSeconds { get; init; } = 300;

    /// <summary>Open files: 32 to 1,048,576. Default 1,024.</summary>
    public int? MaxOpenFiles { get; init; } = 1024;

    /// <summary>Largest file that the process may write, in bytes: 0 or more. Default 1 GiB.</summary>
    public long? MaxFileSizeInBytes { get; init; } = 1L << 30;

    /// <summary>
    /// Address space in bytes: at least 1 GiB. Default <see langword="null"/>: .NET reserves hundreds of gigabytes that it never uses, so
    /// bound memory with <see cref="ProcessIsolation.CreateWorkerEnvironment"/> or a control group instead.
    /// </summary>
    public long? MaxAddressSpaceInBytes { get; init; }

    /// <summary>Whether programs, sockets, tracing, mounts, modules and the like are refused by the kernel from now on. Default <see langword="true"/>.</summary>
    public bool FilterSystemCalls { get; init; } = true;

    /// <summary>Whether a refused call ends the process (<see langword="true"/>, the default) or fails with "not permitted".</summary>
    public bool KillOnRefusedCall { get; init; } = true;

    internal void Validate()
    {
        if (UserId is <= 0 || GroupId is <= 0)
            throw Error.Invalid(nameof(UserId), "The user and the group to become must be greater than 0, which is root.");
        if (UserId is null != GroupId is null)
            throw Error.Invalid(nameof(GroupId), "The user and the group are changed together.");
        if (MaxCpuSeconds is < 1 or > 1_000_000)
            throw Error.OutOfRange(nameof(MaxCpuSeconds), "The processor time in seconds", 1, 1_000_000, MaxCpuSeconds);
        if (MaxOpenFiles is < 32 or > 1_048_576)
            throw Error.OutOfRange(nameof(MaxOpenFiles), "The number of open files", 32, 1_048_576, MaxOpenFiles);
        if (MaxFileSizeInBytes is < 0)
            throw Error.OutOfRange(nameof(MaxFileSizeInBytes), "The largest file in bytes", 0, long.MaxValue, MaxFileSizeInBytes);
        if (MaxAddressSpaceInBytes is < 1L << 30)
            throw Error.OutOfRange(nameof(MaxAddressSpaceInBytes), "The address space in bytes", 1L << 30, long.MaxValue, MaxAddressSpaceInBytes);
    }
}
