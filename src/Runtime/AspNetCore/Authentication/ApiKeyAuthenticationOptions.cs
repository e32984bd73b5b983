using Microsoft.AspNetCore.Authentication;
using SecurityToolchain.Runtime.Authentication;

namespace SecurityToolchain.AspNetCore.Authentication;

/// <summary>How API keys come in, and what their scopes allow. Checked at the first request.</summary>
public sealed class ApiKeyAuthenticationOptions : AuthenticationSchemeOptions
{
    /// <summary>The request header that holds the key. Default <c>X-Api-Key</c>. A key in a URL ends up in logs, so there is no such option.</summary>
    public string HeaderName { get; set; } = "X-Api-Key";

    /// <summary>
    /// Scopes that a permission of an endpoint stands for; a key needs all of them. Default: every value of <see cref="Permissions"/> under
    /// its own name, such as <c>ReadFiles</c>. A permission that is not here is denied to every key.
    /// </summary>
    public IDictionary<string, Permissions> PermissionScopes { get; } = new Dictionary<string, Permissions>(StringComparer.Ordinal)
    {
        [nameof(Permissions.ReadFiles)] = Permissions.ReadFiles,
        [nameof(Permissions.AnalyzeFiles)] = Permissions.AnalyzeFiles,
        [nameof(Permissions.AccessCache)] = Permissions.AccessCache,
        [nameof(Permissions.ManageUsers)] = Permissions.ManageUsers,
        [nameof(Permissions.ViewLogs)] = Permissions.ViewLogs,
    };

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        if (string.IsNullOrEmpty(HeaderName) || !HeaderName.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            throw new ArgumentException($"HeaderName must be a header name of letters, digits, '-' and '_'; it is '{HeaderName}'.");
        if (HeaderName.Equals("Authorization", StringComparison.OrdinalIgnoreCase) || HeaderName.Equals("Cookie", StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException($"HeaderName must not be '{HeaderName}': that header has another meaning.");
        if (PermissionScopes.Any(static entry => string.IsNullOrWhiteSpace(entry.Key) || entry.Value == Permissions.None))
            throw new ArgumentException("PermissionScopes must name a permission and at least one scope in each entry.");
    }
}
