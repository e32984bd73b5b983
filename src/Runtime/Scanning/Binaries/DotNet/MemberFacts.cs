namespace SecurityToolchain.Scanning.Binaries.DotNet;

/// <summary>A member that instructions refer to: its names, and what the rules make of them, worked out once for all calls of it.</summary>
internal sealed class MemberFacts(string type, string member)
{
    /// <summary>The full name of the declaring type, or empty.</summary>
    public string Type { get; } = type;

    /// <summary>The name of the member, or empty.</summary>
    public string Member { get; } = member;

    /// <summary>The parts that the member plays in the rules.</summary>
    public MemberRoles Roles { get; } = IlRules.RolesOf(type, member);
}
