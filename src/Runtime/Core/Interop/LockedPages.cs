namespace SecurityToolchain.Runtime.Interop;

/// <summary>Keeps whole pages out of swap and, on Linux, out of core dumps. Best effort: the operating system may refuse.</summary>
internal static class LockedPages
{
    /// <summary>Locks the range and returns whether the operating system agreed.</summary>
    public static unsafe bool TryLock(void* address, int byteCount)
    {
        try
        {
            if (OperatingSystem.IsWindows())
                return Kernel32.LockMemory(address, (nuint)byteCount);
            if (OperatingSystem.IsLinux())
                _ = Libc.AdviseMemory(address, (nuint)byteCount, Libc.AdviseDontDump);
            return (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS() || OperatingSystem.IsFreeBSD())
                && Libc.LockMemory(address, (nuint)byteCount) == 0;
        }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException)
        {
            return false;
        }
    }

    /// <summary>Undoes <see cref="TryLock"/>.</summary>
    public static unsafe void Unlock(void* address, int byteCount, bool wasLocked)
    {
        try
        {
            if (OperatingSystem.IsLinux())
                _ = Libc.AdviseMemory(address, (nuint)byteCount, Libc.AdviseDoDump);
            if (!wasLocked)
                return;
            if (OperatingSystem.IsWindows())
                _ = Kernel32.UnlockMemory(address, (nuint)byteCount);
            else
                _ = Libc.UnlockMemory(address, (nuint)byteCount);
        }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException)
        {
            // The platform has no such call, so TryLock did nothing either.
        }
    }
}
