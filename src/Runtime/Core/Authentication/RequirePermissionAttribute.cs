namespace SecurityToolchain.Runtime.Authentication;

/// <summary>
/// Says which permission a call needs. On a method of an interface it is enforced by <see cref="AuthorizingProxy"/>; several attributes are
/// all needed.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class | AttributeTargets.Interface, AllowMultiple = true)]
#pragma warning disable CA1813 // Unsealed: the ASP.NET Core attribute is one of these, so that one declaration serves both.
public class RequirePermissionAttribute : Attribute
#pragma warning restore CA1813
{
    /// <summary>Creates the attribute.</summary>
    /// <param name="permission">The permission.</param>
    /// <exception cref="ArgumentException">The permission is empty.</exception>
    public RequirePermissionAttribute(string permission)
    {
        ArgumentException.ThrowIfNullOrEmpty(permission);
        Permission = permission;
    }

    /// <summary>The permission.</summary>
    public string Permission { get; }
}
