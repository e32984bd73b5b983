using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace SecurityToolchain.Runtime.Authentication;

/// <summary>
/// Who has which <see cref="Permissions"/>. Everything that was not granted is denied, and a user who does not exist is denied in the same
/// way as one who lacks the permission. Thread safe.
/// </summary>
[SuppressMessage("Naming", "CA1724:Type names should not match namespaces", Justification = "A namespace of .NET Framework that .NET does not use; the product documents' name wins.")]
public sealed class AccessControl
{
    private readonly ConcurrentDictionary<string, Permissions> _granted = new(StringComparer.Ordinal);

    /// <summary>Sets what a user may do; it replaces what was granted before.</summary>
    /// <param name="userId">Id of the user, compared exactly.</param>
    /// <param name="permissions">What the user may do; <see cref="Permissions.None"/> takes everything away.</param>
    public void Grant(string userId, Permissions permissions)
    {
        ArgumentException.ThrowIfNullOrEmpty(userId);
        if (permissions == Permissions.None)
            _granted.TryRemove(userId, out _);
        else
            _granted[userId] = permissions;
    }

    /// <summary>Whether a user has all of the permissions asked for. Asking for none is a mistake of the caller and is denied.</summary>
    /// <param name="userId">Id of the user; <see langword="null"/> is nobody.</param>
    /// <param name="required">One or more permissions.</param>
    public bool IsGranted(string? userId, Permissions required) =>
        required != Permissions.None
        && userId is not null
        && _granted.TryGetValue(userId, out Permissions granted)
        && (granted & required) == required;

    /// <summary>Returns if a user has all of the permissions asked for.</summary>
    /// <param name="userId">Id of the user; <see langword="null"/> is nobody.</param>
    /// <param name="required">One or more permissions.</param>
    /// <exception cref="AccessDeniedException">The user does not exist or lacks one; the exception does not say which.</exception>
    public void Require(string? userId, Permissions required)
    {
        if (!IsGranted(userId, required))
            throw new AccessDeniedException(AuthFailure.InsufficientPermissions);
    }
}
