using System.ComponentModel.DataAnnotations;

namespace HardenedService;

/// <summary>Settings of the service, section <c>Service</c>. A missing one stops the host at start.</summary>
public sealed class ServiceOptions
{
    public const string Section = "Service";

    /// <summary>Who makes the tokens: this service.</summary>
    [Required]
    public string Issuer { get; set; } = string.Empty;

    /// <summary>Whom the tokens are for.</summary>
    [Required]
    public string Audience { get; set; } = string.Empty;

    /// <summary>Absolute path of the directory whose files are served.</summary>
    [Required]
    public string FileRoot { get; set; } = string.Empty;

    /// <summary>Absolute path of the audit file. Its key is the secret <c>Service:AuditKey</c>.</summary>
    [Required]
    public string AuditPath { get; set; } = string.Empty;

    /// <summary>Names of the accounts that administer.</summary>
    public IList<string> Administrators { get; } = [];
}
