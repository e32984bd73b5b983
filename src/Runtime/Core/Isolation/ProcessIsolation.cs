namespace SecurityToolchain.Runtime.Isolation;

/// <summary>
/// Takes rights away from the own process, for good: for a worker that parses what others sent. Call it when everything the worker needs is
/// open, and end the process afterwards; nothing can be given back.
/// </summary>
/// <remarks>
/// References: setresuid(2), prctl(2) PR_SET_NO_NEW_PRIVS, setrlimit(2), seccomp(2).
/// Linux on x86-64 and ARM64. Elsewhere nothing is in force, and the report says so; the policy of the caller decides whether to go on.
/// </remarks>
public static class ProcessIsolation
{
    /// <summary>Gives up what the options name: limits first, then groups and user, then system calls.</summary>
    /// <param name="options">What to give up; the defaults if <see langword="null"/>.</param>
    /// <returns>What is in force now, and what is not.</returns>
    /// <exception cref="ArgumentException">An option is out of range. Nothing was done.</exception>
    /// <exception cref="IsolationException">The user could not be changed, or root could be regained. End the process.</exception>
    public static IsolationReport Enter(IsolationOptions? options = null)
    {
        options ??= new IsolationOptions();
        options.Validate();
        if (!OperatingSystem.IsLinux())
            return new IsolationReport(IsolationLevel.None, [], ["everything: only Linux is supported"]);
        var inForce = new List<string>();
        var missing = new List<string>();
        ResourceLimiter.Apply(options, inForce, missing);
        if (options is { UserId: { } user, GroupId: { } group })
        {
            PrivilegeDropper.Drop((uint)user, (uint)group);
            inForce.Add("user and group");
        }

        PrivilegeDropper.ForbidNewPrivileges();
        inForce.Add("no new privileges");
        if (options.FilterSystemCalls)
            SystemCallFilter.Apply(options.KillOnRefusedCall, inForce, missing);
        return new IsolationReport(missing.Count == 0 ? IsolationLevel.Full : IsolationLevel.Degraded, inForce, missing);
    }
}
