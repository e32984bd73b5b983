using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using SecurityToolchain.Runtime.Interop;

namespace SecurityToolchain.Runtime.Isolation;

/// <summary>Changes from root to another user and proves that there is no way back. The C library changes all threads.</summary>
[SupportedOSPlatform("linux")]
internal static class PrivilegeDropper
{
    public static unsafe void Drop(uint user, uint group)
    {
        // Groups while still root, the group before the user: afterwards the right to change them is gone. Supplementary groups first of
        // all; forgetting them keeps the files of every group that root was in.
        Require(LibcIsolation.SetGroups(0, null), "supplementary groups");
        Require(LibcIsolation.SetGroup(group, group, group), "group");
        Require(LibcIsolation.SetUser(user, user, user), "user");

        Require(LibcIsolation.GetUser(out uint realUser, out uint effectiveUser, out uint savedUser), "user");
        Require(LibcIsolation.GetGroup(out uint realGroup, out uint effectiveGroup, out uint savedGroup), "group");
        if (realUser != user || effectiveUser != user || savedUser != user || realGroup != group || effectiveGroup != group || savedGroup != group)
            throw new IsolationException("The real, effective and saved ids are not those that were set.");
        if (LibcIsolation.GetGroups(0, null) != 0)
            throw new IsolationException("Supplementary groups are left.");
        if (LibcIsolation.SetUser(0, 0, 0) == 0 || LibcIsolation.SetGroup(0, 0, 0) == 0)
            throw new IsolationException("Root could be regained.");
    }

    public static void ForbidNewPrivileges()
    {
        Require(LibcIsolation.ProcessControl(LibcIsolation.SetNoNewPrivileges, 1, 0, 0, 0), "new privileges");
        if (LibcIsolation.ProcessControl(LibcIsolation.GetNoNewPrivileges, 0, 0, 0, 0) != 1)
            throw new IsolationException("New privileges are still possible.");
        // Other processes of the same user must not read this one's memory.
        _ = LibcIsolation.ProcessControl(LibcIsolation.SetDumpable, 0, 0, 0, 0);
    }

    private static void Require(int result, string right)
    {
        if (result != 0)
            throw new IsolationException(Error.Invariant($"The {right} could not be given up: error {Marshal.GetLastPInvokeError()}."));
    }
}
